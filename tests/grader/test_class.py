"""A class as it comes: what platforms export, and what a teacher reads."""
import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader import __main__ as commands
from grader import students
from grader.course import STEMS
from grader.failure import Failure
from grader.feedback import Feedback
from grader.job import Result

PLAIN = Path(__file__).parent / 'solutions' / 'plain'
HOSTILE = '<script>document.title = "run"</script>'
FLAT = {
    'Canvas': {
        'doejane_LATE_12345_67890_8-train.py': 'first',
        'doejane_LATE_12345_67891_8-train-1.py': 'second',
        'doejane_12345_67892_helper.py': 'helper',
        'roejohn_12346_67893_0-sequential.py': 'john'},
    'Blackboard': {
        'Keras_jdoe_attempt_2026-11-02-10-11-12_8-train.py': 'first',
        'Keras_jdoe_attempt_2026-11-03-10-11-12_8-train.py': 'second',
        'Keras_jdoe_attempt_2026-11-03-10-11-12.txt': 'a comment',
        'Keras_jdoe_attempt_2026-11-03-10-11-12_helper.py': 'helper',
        'Keras_jroe_attempt_2026-11-03-10-11-12_0-sequential.py': 'john'}}


def write(folder, files):
    """Writes files, each with its text."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')


def found(tmp_path, *names):
    """Finds students; gives labels with tasks and notes, and what is told."""
    (tmp_path / 'gathered').mkdir()
    found, told = students.find_students(
        [str(tmp_path / name) for name in names], tmp_path / 'gathered')
    return {each.label: each.stems or each.note for each in found}, told


@pytest.mark.parametrize('files', FLAT.values(), ids=FLAT)
def test_flat_files(tmp_path, files):
    """They are gathered student by student, and the last attempt counts."""
    write(tmp_path / 'class', files)
    labels, told = found(tmp_path, 'class')
    assert [*labels.values()] == [['8-train'], ['0-sequential']]
    assert told.startswith('class: 2 students')
    home = tmp_path / 'gathered' / 'class' / next(iter(labels))
    assert {path.name: path.read_text() for path in home.iterdir()} == {
        '8-train.py': 'second', 'helper.py': 'helper'}


@pytest.mark.parametrize('folders, labels', [
    (['Jane Doe_12345_assignsubmission_file_',  # Moodle
      'John Roe_12346_assignsubmission_file_'], ['Jane Doe', 'John Roe']),
    (['keras-jdoe', 'keras-jroe'], ['keras-jdoe', 'keras-jroe']),  # GitHub
    (['jdoe/keras', 'jroe/keras'], ['jdoe', 'jroe'])])  # nbgrader
def test_folders(tmp_path, folders, labels):
    for folder in folders:
        write(tmp_path / 'class', {f'{folder}/0-sequential.py': ''})
    assert [*found(tmp_path, 'class')[0]] == labels


def test_a_class_is_a_folder_of_folders(tmp_path):
    write(tmp_path, {'one/old/0-sequential.py': '', 'two/a/3-one_hot.py': '',
                     'two/b/x/3-one_hot.py': '', 'two/c/notes.txt': '',
                     'two/.d/3-one_hot.py': '', 'two/about.txt': '',
                     'two/e.zip': '', 'two/f.py': '',
                     'three/0-sequential.py': '', 'three/a/3-one_hot.py': '',
                     'three/b/3-one_hot.py': ''})
    assert found(tmp_path, 'one') == ({'one': ['0-sequential']}, '')
    (tmp_path / 'gathered').rmdir()
    assert found(tmp_path, 'three') == ({'three': ['0-sequential']}, '')
    (tmp_path / 'gathered').rmdir()
    labels, told = found(tmp_path, 'two')
    assert labels == {
        'a': ['3-one_hot'], 'b': ['3-one_hot'],
        'c': 'none of the task files', 'e.zip': 'e.zip: unpack it first',
        'f.py': 'a file, not a folder'}
    assert told == 'two: 5 students (use FOLDER/NAME for one)'


def test_several_folders_and_quotes(tmp_path):
    """A pattern without quotes; and one in those of cmd.exe, as it comes."""
    write(tmp_path, {'a/0-sequential.py': '', 'b/0-sequential.py': ''})
    assert [*found(tmp_path, 'a', 'b')[0]] == ['a', 'b']
    assert [each.label for each in students.find_students(
        [f"'{tmp_path}/?'"], tmp_path)[0]] == ['a', 'b']


@pytest.mark.parametrize('name', ['all.zip', 'all.ZIP', 'all.tar.gz',
                                  'all.rar', 'all.7z'])
def test_what_is_not_unpacked(tmp_path, name):
    write(tmp_path, {f'class/a/{name}': '', 'class/b/3-one_hot.py': '',
                     'class/c/3-one_hot.py': ''})
    assert found(tmp_path, 'class')[0]['a'] == f'{name}: unpack it first'


def test_a_clone_of_this_library_in_a_homework(tmp_path):
    write(tmp_path, {'home/library/pyproject.toml': 'name = "keras-by-task"',
                     'home/mine/3-one_hot.py': '',
                     **{f'home/library/{stem}.py': '' for stem in STEMS}})
    assert found(tmp_path, 'home')[0] == {'home': ['3-one_hot']}
    students.copy(tmp_path / 'home', tmp_path / 'copy')
    assert not (tmp_path / 'copy' / 'library').exists()


def test_a_folder_that_cannot_be_read(tmp_path, monkeypatch):
    write(tmp_path, {'class/a/3-one_hot.py': '', 'class/b/3-one_hot.py': ''})
    closed, walk = tmp_path / 'class' / 'c', students.os.walk
    closed.mkdir()
    monkeypatch.setattr(students.os, 'walk', lambda folder, **how: iter(
        []) if Path(folder) == closed else walk(folder, **how))
    assert found(tmp_path, 'class')[0]['c'] == "it can't be read"


def student(label, **messages):
    """Makes a student whose task 3 ended in some way."""
    results = {'3-one_hot': [Result('test', False, Failure(
        HOSTILE, cause='a', printed=HOSTILE) if label != 'ann' else None)]}
    return SimpleNamespace(
        label=label, home=f'/class/{label}', folder=Path('/none'), note='',
        stems=['3-one_hot'], results={**results, **messages})


def test_feedback(tmp_path):
    """Grading again changes a row; nothing of a homework is run on a page."""
    passed = [Result('test', False)]
    first = Feedback(tmp_path, 'Keras 0')
    for label in '=bob', 'ann', 'cy':
        first.write(student(label))
    first.write_class()
    again = Feedback(tmp_path, 'Keras 0')
    assert again.has(student('cy'), ['3-one_hot'])
    assert not again.has(student('cy'), STEMS)
    other = SimpleNamespace(**{**vars(student('ann')), 'label': 'another',
                               'results': {'0-sequential': passed},
                               'stems': ['0-sequential']})
    assert again.write(other)['score'] == 2
    again.write_class()
    with open(tmp_path / 'grades.csv', encoding='utf-8-sig') as file:
        rows = list(csv.DictReader(file))
    assert [row['student'] for row in rows] == ["'=bob", 'ann', 'cy']
    assert [row['total'] for row in rows] == ['0', '2', '0']
    assert [row['0-sequential'] for row in rows] == ['', '1', '']
    assert [row['folder'] for row in rows][1] == '/class/ann'
    page = (tmp_path / 'index.html').read_text(encoding='utf-8')
    assert '<script>' not in page
    assert '&lt;script&gt;' in page
    assert page.index('2: =bob, cy') < page.index('<table>')
    assert '33%' in page  # pass task 3


BROWSER = next(filter(None, map(shutil.which, (
    'chromium', 'chromium-browser', 'google-chrome'))), None)


@pytest.mark.slow
@pytest.mark.skipif(not BROWSER, reason='there is no Chromium')
def test_the_page_in_a_browser(tmp_path):
    feedback = Feedback(tmp_path, 'Keras 0')
    feedback.write(student('cy'))
    feedback.write_class()
    page = subprocess.run(
        [BROWSER, '--headless', '--no-sandbox', '--dump-dom',
         (tmp_path / 'index.html').as_uri()], capture_output=True, text=True,
        check=True).stdout
    assert '<title>Grades</title>' in page
    assert 'cy' in page


@pytest.mark.slow
def test_a_run_that_is_resumed(tmp_path, monkeypatch, capsys):
    """Whoever was graded is in the table, the page and the JSON, too."""
    write(tmp_path, {f'class/{name}/3-one_hot.py': (
        PLAIN / '3-one_hot.py').read_text() for name in 'abc'})
    fed = tmp_path / 'fed'
    fed.mkdir()
    feedback = Feedback(fed, 'Keras 0')
    one = student('b')
    one.home = str(tmp_path / 'class' / 'b')
    feedback.write(one)
    monkeypatch.setattr(sys, 'argv', [
        'grader', 'grade', str(tmp_path / 'class'), '--task', '3',
        '--feedback', str(fed), '--resume', '--json', str(tmp_path / 'j')])
    with pytest.raises(SystemExit) as ended:
        commands.main()
    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert 'b 3-one_hot' not in printed.err
    assert [line.split() for line in printed.out.splitlines()[-3:]] == [
        ['a', '1', '1'], ['b', '0', '0'], ['c', '1', '1']]
    assert json.loads((tmp_path / 'j').read_text())['b']['score'] == 0
    assert len((fed / 'grades.csv').read_text().splitlines()) == 4
