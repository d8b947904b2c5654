"""Near misses: slips are found, ordinary words are left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.model import KINDS
from jobvault.notes.near import nearest
from tests.notes.written import WORDS

HEADINGS = WORDS.vocabulary.near


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Debreif", "debrief"), ("debrie", "debrief"), ("debriief", "debrief"), ("DEBREIF", "debrief"), ("ebrief", "debrief"),
        ("aplication", "application"), ("applicatoin", "application"), ("aplicatin", "application"), ("leter", "letter"), ("perosn", "person"),
    ],
)  # fmt: skip
def test_a_slip_is_found(typed: str, meant: str) -> None:
    assert nearest(typed, KINDS) == meant


@pytest.mark.parametrize(
    ("typed", "section"),
    [
        ("Takaways", "takeaways"), ("Take aways", None), ("Takeawyas", "takeaways"), ("Peple met", "people-met"), ("People mett", "people-met"),
        ("Poeple I met", "people-met"), ("What thy asked", "asked"), ("What they aksed", "asked"), ("Qestions asked", "asked"), ("Were I was weak", "weak"),
        ("Where I was wek", "weak"), ("Where I was storng", "strong"), ("Weaknessess", "weak"), ("Strenghts", "strong"), ("Folow-ups", "follow-ups"),
        ("Followups:", None), ("Observatoins", "noticed"), ("What I notcied", "noticed"), ("Overal assessment", "overall"),
        ("Opne questions", "open-questions"), ("What I told then", "told"), ("Nextsteps", "follow-ups"), ("Feedbck", "feedback"), ("Lessons leanred", "takeaways"),
    ],
)  # fmt: skip
def test_a_misspelt_heading_is_found(typed: str, section: str | None) -> None:
    found = nearest(typed, HEADINGS)
    assert (WORDS.vocabulary.sections[found] if found else None) == section


@pytest.mark.parametrize("word", sorted(WORDS.vocabulary.sections))
def test_what_is_known_is_no_near_miss(word: str) -> None:
    assert nearest(word, HEADINGS) is None or word not in HEADINGS
    assert nearest(word.upper() + ":", [word]) is None


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("on", ["no"]), ("met", ["set"]), ("rate", ["date"]), ("time", ["dime"]), ("other questions", ["their questions"]), ("any questions", ["my questions"]),
        ("what i saw", ["what i said"]), ("", ["a"]), ("a", []), ("takeaways 2026", ["takeaways"]), ("tkaways", ["takeaways met"]),
    ],
)  # fmt: skip
def test_what_is_too_far_off_or_too_short_is_none(typed: str, known: list[str]) -> None:
    assert nearest(typed, known) is None


def test_the_nearest_of_several_is_chosen_and_of_equals_the_first() -> None:
    assert nearest("abcdefgx", ["abcdexyz", "abcdefgh", "abcdefgi"]) == "abcdefgh"


def test_the_number_of_slips_can_be_said() -> None:
    assert nearest("aplicatin", ["application"]) == "application"
    assert nearest("aplicatin", ["application"], slips=1) is None
    assert nearest("hear bye", ["hear_by"], slips=1) == "hear_by"


@given(st.text(), st.lists(st.text(), max_size=5))
def test_no_text_raises(word: str, known: list[str]) -> None:
    assert nearest(word, known) in {None, *known}


ORDINARY = """
Company, Role, Salary, Logistics, Notes, Preparation, Prep, Agenda, Background, Research, Culture, Product, Market, Competitors, Team, Team size, Tech stack, Stack, Process,
Hiring process, Timeline, Dates, Location, Office, Remote work, Benefits, Perks, Equity, Stock options, Bonus, Pay, Compensation, Contract, Visa, Relocation, Travel, Schedule,
Interview, The interview, First interview, Second interview, Round one, Round 2, Phone screen, Onsite, Whiteboard, Coding, Coding task, Task, The task, Take-home, Exercise, Case study,
System design, Architecture, Algorithms, Databases, Questions, Other questions, The questions, Key questions, Any questions, No questions, New questions, Odd questions, Hard questions,
Good questions, Technical questions, Behavioural questions, Answers, My answers, Their answers, What I saw, What I liked, What I disliked, What I ate, What I wore, What I read, What I think,
What went wrong, What went on, What next, What else, Why this job, Why me, Why I applied, How I felt, How it ended, How I prepared, How they work, Where I sat, Where we met, When, Who else,
Who was missing, People I want to meet, People to ask, Contacts, Network, Recruiter, Hiring manager, Manager, Panel, Tests, Test, Results, Result, Outcome, Decision, Offer, Negotiation,
Rejection, Next, Next interview, Next round, Next week, Tomorrow, Today, Yesterday, Morning, Afternoon, Evening, Monday, Ideas, Thoughts, Random thoughts, Feelings, Mood, Energy, Sleep,
Gut feeling, First impression of the office, Red flags, Green flags, Flags, Pros, Cons, Pros and cons, Risks, Worries, Hopes, Fears, Goals, Plan, Plans, Steps, Stories, Story, Star stories,
Stories told, Examples, Projects, Portfolio, CV, Resume, Cover letter, References, Links, Sources, Resources, Reading, Books, Articles, Videos, Podcasts, Glossary, Terms, Acronyms, Numbers,
Metrics, Revenue, Funding, Investors, Founders, Board, Strategy, Vision, Mission, Values, Roadmap, Customers, Users, Partners, Suppliers, Support, Sales, Marketing, Design, Engineering,
Operations, Security, Legal, Finance, HR, Org chart, Levels, Career path, Growth, Mentoring, Training, Onboarding, Probation, Notice period, Start date, Hours, Working hours, On-call, Overtime,
Holidays, Leave, Parental leave, Pension, Insurance, Commute, Parking, Food, Coffee, Lunch, Dress code, Small talk, Ice breakers, Closing, Opening, Introduction, Overview, Abstract, Contents,
Index, Appendix, Log, Journal, Diary, Changelog, History, Archive, Old notes, Raw notes, Transcript, Recording, Audio, Photos, Screenshots, Sketches, Diagrams, Drawings, Code, Snippets,
Commands, Setup, Config, Tools, Editor, Keyboard, Recipe, Ingredients, Method, Garden, Weather, Shopping list, Groceries, Errands, Chores, Budget, Expenses, Income, Taxes, Health, Exercise log,
Workout, Running, Weights, Weight, Weekly, Weekend, Weeks, Stronger, Strange, Strategy notes, Weaving, Saidapet, Paid, Overcast, Overtime pay, Observatory, Signal, Actionable, Auction,
Feed, Feedbacks loop, Lesson plan, Lessee, Talking points, Discussion, Topics, Points, Highlights reel, Low points, Turning points, Quotes, Quote of the day, Jokes, Follow the money, Followers,
Met office, Metro, Meeting, Meetings, Minutes, Attendees, Participants, Absent, Decisions, Open issues, Open topics, Open tasks list, Blockers, Parking lot, Retro, Retrospective, Kudos, Thanks
"""


def test_ordinary_headings_raise_no_alarm() -> None:
    words = [word.strip() for word in ORDINARY.replace("\n", " ").split(",")]
    assert len(set(words)) > 300
    known = WORDS.vocabulary.sections
    alarms = {word: near for word in words if word.lower() not in known and (near := nearest(word, HEADINGS))}
    assert alarms == {}
