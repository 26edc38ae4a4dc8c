from lingzhi.org.forms.calendars import CalendarForm, DayForm, DaysFileForm, WeekForm, YearForm
from lingzhi.org.forms.duties import (
    DeputyForm,
    DesignationForm,
    PresenceFilters,
    PresenceForm,
)
from lingzhi.org.forms.groups import GroupForm, MemberForm
from lingzhi.org.forms.people import (
    AssignForm,
    EndForm,
    HoldPostForm,
    IdentityForm,
    MoveForm,
    NewPersonForm,
    PeopleFileForm,
    PeopleFilters,
    PersonForm,
    SkillsForm,
)
from lingzhi.org.forms.posts import PostForm, PostVersionForm
from lingzhi.org.forms.setup import SetupForm
from lingzhi.org.forms.units import AreaForm, LinesForm, NewUnitForm, UnitForm

__all__ = [
    "AreaForm",
    "AssignForm",
    "CalendarForm",
    "DayForm",
    "DaysFileForm",
    "DeputyForm",
    "DesignationForm",
    "EndForm",
    "GroupForm",
    "HoldPostForm",
    "IdentityForm",
    "LinesForm",
    "MemberForm",
    "MoveForm",
    "NewPersonForm",
    "NewUnitForm",
    "PeopleFileForm",
    "PeopleFilters",
    "PersonForm",
    "PostForm",
    "PostVersionForm",
    "PresenceFilters",
    "PresenceForm",
    "SetupForm",
    "SkillsForm",
    "UnitForm",
    "WeekForm",
    "YearForm",
]
