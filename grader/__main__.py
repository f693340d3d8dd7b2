"""The commands: `python -m grader start | watch | grade FOLDER`."""
import argparse
import contextlib
import os
import re
import signal
import sys
from pathlib import Path

from grader import stubs
from grader.students import (
    ROOT,
    STEMS,
    NothingToGrade,
    find_student,
    find_students,
    number_of,
)


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


def watch(options):
    """Shows verdicts until Ctrl-C."""
    folder = Path(os.path.abspath(os.path.expanduser(options.folder)))
    if not folder.is_dir():
        sys.exit(f'There is no folder {options.folder}. `python -m grader '
                 'start FOLDER` makes one, with a file for each task.')
    folder = find_student(folder, folder.name).folder  # it may be below
    sys.stdout.reconfigure(errors='replace')  # the student's own letters
    # Started in the background by a script, it would not heed Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    clear = ''
    if sys.stdout.isatty():
        os.system('')  # has a terminal of Windows heed the codes
        clear = '\x1b[2J\x1b[H'
    with contextlib.suppress(KeyboardInterrupt):
        print('TensorFlow starts ...', flush=True)
        from grader import job, watch  # TensorFlow is needed from here on
        job.start_spare()
        job.child.import_all()
        from grader.expect import stack
        for screen in watch.watch(folder, options.seconds, stack()):
            print(f'{clear}{screen}', flush=True)


def grade(options):
    """Grades one folder or several.

    Returns:
        int. The exit status: 0 if all tasks pass, and 1 if one fails.
    """
    try:
        students, several = find_students(options.folder)
    except NothingToGrade as error:
        print(error, file=sys.stderr)
        return 4
    from grader import job, report  # TensorFlow is needed from here on
    from grader.watch import not_begun
    job.start_spare()
    job.child.import_all()
    from grader.expect import stack

    versions = stack()
    stems = [stem for stem in STEMS if options.task in (
        None, int(number_of(stem)))]
    waiting = []
    for student in students:
        for stem in stems:
            reason = not_begun(student.folder, stem)
            student.failures[stem] = [reason]
            if reason is None:
                waiting.append((student, stem))
    bar = progress_bar(len(waiting), several)
    for number, failures in job.run(
            [(student.folder, stem) for student, stem in waiting],
            options.seconds):
        student, stem = waiting[number]
        student.failures[stem] = failures
        bar(f'{student.label} {stem}')
    print(report.table(students, versions) if several
          else report.feedback(students[0], versions), end='')
    if options.json:
        report.write_json(students, options.json, several, versions)
    if options.feedback:
        report.write_feedback(students, options.feedback, versions)
    return int(any(any(failures) for student in students
                   for failures in student.failures.values()))


def progress_bar(count, wanted):
    """Returns a function that shows that one more of `count` is done.

    It draws a bar on a terminal, and writes lines elsewhere.
    """
    if not wanted:
        return lambda text: None
    if sys.stderr.isatty():
        from tqdm import tqdm
        bar = tqdm(total=count, unit='task', leave=False)
        return lambda text: (bar.update(), bar.set_postfix_str(text))
    done = iter(range(1, count + 1))
    return lambda text: print(f'{next(done)} of {count}: {text}',
                              file=sys.stderr, flush=True)


def main():
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        prog='python -m grader', description='Exercises in Keras: stubs to '
        'start from, a watch while you type, and grades.')
    commands = parser.add_subparsers(dest='command', required=True)
    for function, text in (
            (start, 'write a stub for each task; never overwrite a file'),
            (watch, 'give a verdict each time a file is saved'),
            (grade, 'grade a folder, or several by a pattern in quotes')):
        command = commands.add_parser(function.__name__, help=text)
        command.set_defaults(function=function)
        command.add_argument('folder', help='the folder with the task files')
        if function is not watch:
            command.add_argument('--task', metavar='N', type=task_number,
                                 help='this task only, from 0 to 13')
        if function is start:
            command.add_argument('--again', action='store_true', help='start '
                                 'anew: keep the old file as FILE.bak')
        else:
            command.add_argument('--keras2', action='store_true',
                                 help='use Keras 2 (needs tf-keras)')
            command.add_argument('--seconds', metavar='N', type=float,
                                 default=20, help='stop a call after so long '
                                 '(default: %(default)s)')
        if function is grade:
            command.add_argument('--json', metavar='FILE', type=Path,
                                 help="write Gradescope's results.json")
            command.add_argument('--feedback', metavar='FOLDER', type=Path,
                                 help='write a file for each student, and '
                                 'grades.csv')
    options = parser.parse_args()
    if not options.folder.strip():
        parser.error('name the folder')
    if not (ROOT / 'tests' / 'tasks').is_dir():
        sys.exit('The exam is not here. Install this project with '
                 "`pip install -e '.[test]'` in a clone of it.")
    if getattr(options, 'keras2', False):
        os.environ['TF_USE_LEGACY_KERAS'] = '1'
    sys.exit(options.function(options))


def task_number(text):
    """Reads the number of a task."""
    if not re.fullmatch('0*([0-9]|1[0-3])', text):
        raise argparse.ArgumentTypeError(
            f"must be one number from 0 to 13, not '{text}'")
    return int(text)


if __name__ == '__main__':
    main()
