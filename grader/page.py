"""What docs/tasks.md says of each task."""
import re
from types import SimpleNamespace

from grader.course import PAGE, number_of


def section(stem):
    """Reads a task's section.

    Args:
        stem: str. The task's file without its ending.

    Returns:
        A namespace of `title`, `prototypes`, `text` (Markdown, without what
        follows), `hints` (a list) and `solved`: what the task was for.
    """
    page = PAGE.read_text(encoding='utf-8')
    title, body = re.search(rf'(?ms)^## (Task {number_of(stem)}: .*?)$'
                            r'(.*?)(?=^## |\Z)', page).groups()
    text, _, rest = body.partition('<details>')
    hints, _, rest = rest.partition('</details>')
    solved = re.search(r'(?s)\*\*Solved\?\*\* (.*?)\n\n', rest)[1]
    solved = ' '.join(solved.split())
    return SimpleNamespace(
        title=title, text=f'## {title}\n{text}'.rstrip(),
        prototypes=re.search(r'(?ms)^```py\n(.*?)^```', text)[1].rstrip(),
        hints=[' '.join(hint.split())
               for hint in re.split(r'(?m)^- ', hints)[1:]],
        solved=re.sub(r'\[(.*?)\]\(.*?\)', r'\1 (docs/objectives.md)',
                      solved))
