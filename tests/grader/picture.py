"""Draws docs/watch.svg, the screen of the watch: `make picture`."""
import asyncio
import shutil
import tempfile
from pathlib import Path

from grader import job, versions
from grader.course import ROOT
from grader.screen import Watch
from grader.watch import FAILING, POLL, Homework

EXAMPLE = ROOT / 'tests' / 'grader' / 'example' / 'dee'
RIGHT = '0-sequential', '1-input', '2-optimize'  # are done already


async def draw(homework):
    """Waits for all verdicts, and draws the first that fails."""
    app = Watch(homework, versions.stack())
    async with app.run_test(size=(92, 24)) as pilot:
        while homework.job or homework.queue:
            await pilot.pause(POLL)
        app.choose(next(stem for stem, verdict in homework.tasks.items()
                        if verdict.state == FAILING))
        await pilot.pause(2 * POLL)
        return app.export_screenshot(title='grader watch homework')


def main():
    """Watches a homework made of ours and of a student's files."""
    job.start_spare()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, 'homework')
        shutil.copytree(EXAMPLE, home)
        for stem in RIGHT:
            shutil.copy(ROOT / f'{stem}.py', home)
        homework = Homework(home, 20, folder)
        picture = asyncio.run(draw(homework))
        homework.stop()
    (ROOT / 'docs' / 'watch.svg').write_text(picture, encoding='utf-8')


if __name__ == '__main__':
    main()
