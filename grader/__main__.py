"""The commands: `grader start | watch | grade FOLDER`."""
import argparse
import contextlib
import importlib.util
import os
import re
import signal
import sys
import tempfile
from pathlib import Path

from grader import stubs, versions
from grader.course import STEMS, number_of
from grader.students import NothingToGrade, find_student, find_students

# What `watch` and `grade` need, by the names under which pip knows them.
NEEDED = {'tensorflow': 'tensorflow', 'pytest': 'pytest',
          'pycodestyle': 'pycodestyle', 'allpairspy': 'allpairspy',
          'textual': 'textual', 'rich': 'rich', 'jinja2': 'jinja2'}


def command(name='', folder=''):
    """Returns a command as the caller would type it."""
    folder = f'"{folder}"' if ' ' in str(folder) else folder
    if os.environ.get('GRADER_FROM_MAKE'):
        return f'make {name} DIR={folder}'
    grader = ('grader' if Path(sys.argv[0]).stem == 'grader'
              else 'python -m grader')
    return f'{grader} {name} {folder}'.strip()


def start(options):
    """Writes stubs."""
    folder = Path(options.folder).expanduser()
    stems = [stem for stem in STEMS if options.task in (
        None, int(number_of(stem)))]
    try:
        written, left = stubs.write_stubs(folder, stems, options.again)
    except OSError as error:
        sys.exit(f'{error.filename}: {error.strerror}. Choose another folder.')
    count = len(written)
    print(f'Wrote {count} stub{"s" * (count != 1)} to {options.folder}. What '
          'each task asks for: docs/tasks.md')
    if left:
        print('Not changed, because they already exist: '
              f'{", ".join(left)}')
    print(f'Next: {command("watch", options.folder)}')
    if len(stems) > 1:
        print('Each task is tested alone. Start with 3-one_hot.py, which is '
              'one line of Keras, and go on with 0-sequential.py.')


def watch(options):
    """Shows verdicts until Ctrl-C."""
    folder = Path(os.path.abspath(os.path.expanduser(options.folder)))
    if not folder.is_dir():
        sys.exit(f'There is no folder {options.folder}. '
                 f'`{command("start", "FOLDER")}` makes one, with a file for '
                 'each task.')
    folder = find_student(folder, folder.name).folder  # it may be below
    with contextlib.suppress(KeyboardInterrupt), (
            tempfile.TemporaryDirectory()) as scratch:
        print('TensorFlow starts ...', flush=True)
        from grader import job, watch
        job.start_spare()  # before the screen, which has no streams to give
        homework = watch.Homework(folder, options.seconds, scratch)
        try:
            if (sys.stdin.isatty() and sys.stdout.isatty()
                    and os.environ.get('TERM') != 'dumb'):
                from grader.screen import Watch
                Watch(homework, versions.stack()).run()
            else:
                print(f'{versions.stack()}\n{folder}\n', flush=True)
                for lines in watch.lines(homework):
                    print(lines, flush=True)
        finally:
            homework.stop()


def grade(options):
    """Grades one folder or several.

    Returns:
        int. The exit status: 0 if all tasks pass, and 1 if one fails.
    """
    with tempfile.TemporaryDirectory() as scratch:
        try:
            students, told = find_students(options.folder, scratch)
        except NothingToGrade as error:
            print(error, file=sys.stderr)
            return 4
        if options.resume and not options.feedback:
            sys.exit('--resume needs the folder of --feedback.')
        make_folders(options)
        if told:
            print(told, file=sys.stderr)
        return grade_all(students, bool(told), options)


def grade_all(students, several, options):
    """Grades students, and writes what is asked for as each one ends.

    Returns:
        int. The exit status.
    """
    from grader import job, report
    from grader.feedback import Feedback
    job.start_spare()
    stack = versions.stack()
    stems = [stem for stem in STEMS if options.task in (
        None, int(number_of(stem)))]
    written = options.feedback and Feedback(options.feedback, stack)
    grades = {}
    if options.resume:
        grades = {student.home: written.grades[student.home]
                  for student in students if written.has(student, stems)}
    waiting = []
    left = {}  # how many tasks of each student are to come
    for student in students:
        if student.home in grades:
            continue
        left[student.home] = 0
        for stem in stems:
            reason = stubs.not_begun(student.folder, stem)
            student.results[stem] = [job.Result('the file', False, reason)]
            if reason is None:
                waiting.append((student, stem))
                left[student.home] += 1

    def end(student):
        grades[student.home] = (written.write(student) if written
                                else report.as_json(student, stack))
        if several:  # its messages are in the grades
            student.results = {}

    try:
        for student in students:
            if left.get(student.home) == 0:
                end(student)
        with progress_bar(len(waiting), several) as bar:
            for number, tested in job.run(
                    [(student.folder, stem) for student, stem in waiting],
                    options.seconds):
                student, stem = waiting[number]
                student.results[stem] = tested.results
                student.note = student.note or tested.note
                bar(f'{student.label} {stem}')
                left[student.home] -= 1
                if not left[student.home]:
                    end(student)
    finally:  # an interrupted run keeps what was graded
        if written:
            written.write_class()
    ordered = [grades[student.home] for student in students]
    if options.json:
        report.write_json(ordered, options.json, several)
    if several:
        show_table(stack, *report.table(ordered))
    else:
        print(report.feedback(students[0], stack), end='')
    return int(any(test['status'] != 'passed' for each in ordered
                   for test in each['tests']))


def show_table(stack, table, notes):
    """Prints the table of a class, at most 100 columns wide."""
    from rich.console import Console
    console = Console(width=None if sys.stdout.isatty() else 100,
                      highlight=False)
    console.print(f'{stack}\n')
    console.print(table)
    for note in notes:
        console.print(note, markup=False, soft_wrap=True)


def make_folders(options):
    """Makes the folders of what will be written, or ends with the reason."""
    for path, folder in ((options.json, options.json and options.json.parent),
                         (options.feedback, options.feedback)):
        try:
            if path:
                folder.mkdir(parents=True, exist_ok=True)
                tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            sys.exit(f"Can't write to {path}: {error.strerror}.")
    if options.json and options.json.is_dir():
        sys.exit(f"Can't write to {options.json}: it is a folder.")


@contextlib.contextmanager
def progress_bar(count, wanted):
    """Gives a function that says that one more of `count` is done."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )
    console = Console(stderr=True)
    if not wanted or not console.is_terminal:
        done = iter(range(1, count + 1))
        yield lambda text: wanted and print(
            f'{next(done)} of {count}: {text}', file=sys.stderr, flush=True)
        return
    with Progress(MofNCompleteColumn(), BarColumn(), TimeRemainingColumn(),
                  TextColumn('{task.description}', markup=False),
                  console=console, transient=True) as progress:
        task = progress.add_task('', total=count)
        yield lambda text: progress.update(task, advance=1, description=text)


def check_installed(keras_2):
    """Ends with the command that installs what is missing, if anything is."""
    missing = [package for module, package in NEEDED.items()
               if not importlib.util.find_spec(module)]
    what = command().split(' -m ')[-1]
    if keras_2 and not (importlib.util.find_spec('tf_keras')
                        or versions.version('keras').startswith('2.')):
        number = versions.version(*versions.TENSORFLOW).rsplit('.', 1)[0]
        missing.append(f'"tf-keras=={number}.*"' if number else 'tf-keras')
        what = '--keras2'
    if missing:
        names = ', '.join(name.strip('"').split('==')[0] for name in missing)
        sys.exit(f'{what} needs {names}. This installs what is missing:\n'
                 f'{sys.executable} -m pip install {" ".join(missing)}')


def main():
    """Reads the command line."""
    for stream in sys.stdout, sys.stderr:
        if hasattr(stream, 'reconfigure'):  # what can't be shown is replaced
            stream.reconfigure(errors='replace')
    parser = argparse.ArgumentParser(
        prog=command(), description='Exercises in Keras: stubs to '
        'start from, a watch while you type, and grades.')
    parser.add_argument('--version', action='version', help='show the '
                        'versions, as a report of an error should tell them',
                        version=versions.report())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(dest='command', required=True)
    for function, text in (
            (start, 'write a stub for each task; never overwrite a file'),
            (watch, 'give a verdict each time a file is saved'),
            (grade, 'grade a folder, a class, or several folders')):
        sub = commands.add_parser(function.__name__, help=text)
        sub.set_defaults(function=function)
        sub.add_argument('folder', nargs='+' if function is grade else None,
                         type=folder_name, help='the folder with the task '
                         'files')
        if function is not watch:
            sub.add_argument('--task', metavar='N', type=task_number,
                             help='this task only, from 0 to 13')
        if function is start:
            sub.add_argument('--again', action='store_true', help='start '
                             'anew: keep the old file as FILE.bak')
        else:
            sub.add_argument('--keras2', action='store_true',
                             help='use Keras 2 (needs tf-keras)')
            sub.add_argument('--seconds', metavar='N', type=float,
                             default=20, help='stop a call after so long '
                             '(default: %(default)s)')
        if function is grade:
            sub.add_argument('--json', metavar='FILE', type=Path,
                             help="write Gradescope's results.json")
            sub.add_argument('--feedback', metavar='FOLDER', type=Path,
                             help='write a file for each student, '
                             'grades.csv and index.html')
            sub.add_argument('--resume', action='store_true', help='grade '
                             'only whom --feedback has no grades of yet')
    options = parser.parse_args()
    if options.function is not start:
        check_installed(options.keras2)
        if options.keras2:
            os.environ['TF_USE_LEGACY_KERAS'] = '1'
    # Started in the background by a script, it would not heed Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in 'SIGTERM', 'SIGHUP':  # Windows has no SIGHUP
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    try:
        sys.exit(options.function(options))
    except KeyboardInterrupt:
        sys.exit(130)


def end(number, frame):
    """Ends as an error does, so that processes and folders are removed."""
    sys.exit(128 + number)


def folder_name(text):
    """Reads the name of a folder: make gives an empty one without DIR."""
    if not text.strip():
        raise argparse.ArgumentTypeError('name the folder')
    return text


def task_number(text):
    """Reads the number of a task."""
    if not re.fullmatch('0*([0-9]|1[0-3])', text):
        raise argparse.ArgumentTypeError(
            f"must be one number from 0 to 13, not '{text}'")
    return int(text)


if __name__ == '__main__':
    main()
