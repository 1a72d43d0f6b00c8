"""The one object that joins the rooms: open a case, take in, code, ask, brief."""

from inconcert.workbench.bench import Workbench, version
from inconcert.workbench.demo import demo_case
from inconcert.workbench.doctor import doctor_report
from inconcert.workbench.grading import grade_file, grade_key

__all__ = ["Workbench", "demo_case", "doctor_report", "grade_file", "grade_key", "version"]
