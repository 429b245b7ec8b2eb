"""What several roles do with one edition of the conference, from the bids to its report: the steps of a journey."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from creativecities.conference.actions import voting
from creativecities.conference.models import Badge, Bid, Vote
from creativecities.core.models import Mail
from creativecities.network.models import City, Country
from creativecities.network.tests.factories import holder, member
from tests.journeys.cast import Actor, Cities, Clock

NAME = "lamps"
PUBLIC, DESK = f"/conference/{NAME}/", f"/secretariat/conference/{NAME}/"
ZONE = "Europe/Lisbon"
DIRECTOR = "diego@lampara.example"


def look_for_host(olga: Actor, clock: Clock) -> None:
    """The Secretariat begins the edition with what the last one was run by, says what a host answers, announces it."""
    olga.go("/secretariat/conference/")
    olga.fill(slug=NAME, year=clock.first.year)
    olga.pick(source="")
    olga.press("Begin")
    olga.follow("About the edition")
    olga.fill(title_en="Conference of the lamps", title_fr="Conférence des lampes", theme_en="Light")
    olga.press("Save")
    olga.follow("Days and registration")
    olga.pick(zone=ZONE)
    olga.press("Save")
    olga.go(f"{DESK}settings/criteria/")
    olga.fill(label_en="Where would people meet?")
    olga.pick(kind="text")
    olga.page.check("#id_is_required")
    olga.press("Save")
    olga.follow("Bids and the vote on them")
    olga.fill(bids_until=clock.at(-190), quorum=1)
    olga.pick(method="ranking")
    olga.press("Save")
    olga.follow("Back to the edition")
    olga.press("Announce the edition")
    olga.sees("Announced: everybody reads it now.")


def bid(rui: Actor, title: str) -> None:
    """A city answers what is asked, and submits its bid by mandate."""
    rui.go(PUBLIC)
    rui.follow("Who hosts it")
    rui.follow("Begin a bid")
    rui.fill(title=title)
    rui.press("Begin")
    rui.page.get_by_label("Where would people meet?").fill("In the old lamp works by the river.")
    rui.press("Save")
    rui.press("Submit the bid")
    rui.sees("Submitted.")


def call_the_vote(olga: Actor, clock: Clock) -> None:
    """The Secretariat checks the bids, presents them to everybody at once and calls the vote."""
    for one in Bid.objects.all():
        olga.go(f"{DESK}hosting/")
        olga.follow(one.title)
        olga.page.get_by_label("eligible", exact=True).check()
        olga.fill(reason="Everything is answered.")
        olga.press("Save")
    olga.press("Present all eligible bids")
    olga.sees("2 bids are presented.")
    olga.fill(opens_at=clock.at(-185), closes_at=clock.at(-180))
    olga.press("Call the vote")
    olga.sees("The vote is called")


def vote(voter: Actor, city: City) -> None:
    """A mayor puts the bids in an order: the receipt is shown once."""
    voter.go(PUBLIC)
    voter.follow("Who hosts it")
    voter.follow("Round 1")
    voter.follow(f"Vote for {city.name}")
    voter.page.get_by_label("Lamps by the river").select_option("1")
    voter.page.get_by_label("Lamps on the bridge").select_option("2")
    voter.page.check("#id_sure")
    voter.press("Cast the vote")
    voter.sees("Your city has voted", "Receipt")
    voter.go(f"{PUBLIC}hosting/vote/1/")
    voter.sees(f"{city.name} has voted")


def vote_elsewhere() -> None:
    """Four more cities vote, so that one of a hundred has."""
    one, codes = Vote.objects.get(), list(Bid.objects.order_by("title").values_list("code", flat=True))
    for number in range(4):
        city = member(name=f"Vila Inventada {number}", country=Country.objects.get(iso2="PT"), field="design")
        voting.cast(one, city, codes, by=holder("focal-point", city=city))


def read_the_result(visitor: Actor) -> None:
    """Everybody reads who hosts, and finds what is needed to count the ballots anew."""
    visitor.go(PUBLIC)
    visitor.sees("Vila Clara")
    visitor.follow("Who hosts it")
    visitor.follow("Round 1")
    visitor.sees("The host is chosen:", "Lamps by the river", str(Vote.objects.get().digest))


def open_registration(olga: Actor, clock: Clock) -> None:
    """The days are fixed, with a reason that everybody reads, and cities can register."""
    olga.go(f"{DESK}settings/")
    olga.follow("Days and registration")
    olga.fill(
        number=99, starts_on=clock.day(0), last_day=clock.day(3), opens_at=clock.at(-100), nominate_by=clock.at(-60),
        confirm_by=clock.at(-40),
    )  # fmt: skip
    olga.press("Save")
    olga.sees("Saved.")


def nominate(rui: Actor, cities: Cities) -> None:
    """A mayor by mandate, an interpreter bound to her, a director by name; then all are confirmed by name."""
    rui.go(PUBLIC)
    rui.follow("Your delegation")
    mayor = cities.mayor[cities.lampara]
    for role, boxes in {
        "Mayor": {},
        "Interpreter": {"name": "Ines Exemplo"},
        "Expert": {"name": "Diego Exemplo", "office": "Director of the lamp works", "email": DIRECTOR},
    }.items():
        rui.opens(f"Nominate {role}")
        if role == "Mayor":
            rui.pick(person=str(mayor.pk))
        if role == "Interpreter":
            rui.page.locator("#id_bound_to").select_option(label=mayor.name)
        rui.fill(**boxes)
        rui.press("Nominate")
        rui.sees("Nominated: the place is held.")


def nominate_one(rui: Actor) -> None:
    """Another city sends somebody, and confirms at once."""
    rui.go(PUBLIC)
    rui.follow("Your delegation")
    rui.opens("Nominate Expert")
    rui.fill(name="Nuno Exemplo")
    rui.press("Nominate")
    rui.press("Confirm by name")
    rui.sees("The delegation is confirmed by name.")


def confirm(rui: Actor) -> None:
    """All are confirmed by name, and the director, who has no account, is sent a link to the own entry."""
    rui.go(PUBLIC)
    rui.follow("Your delegation")
    rui.press("Confirm by name")
    rui.sees("The delegation is confirmed by name.")
    rui.opens("Days and needs Diego Exemplo")
    rui.press("Send the invitation")
    rui.sees("The invitation is sent.")


def claim(director: Actor) -> None:
    """The link of the mail makes an account, and the entry is theirs."""
    director.go(urlsplit(Mail.objects.get(to_address=DIRECTOR).link).path)
    director.page.locator("main form button[type=submit]").first.click()
    director.go(PUBLIC)
    director.follow("Your entry")
    director.sees("Diego Exemplo", "Director of the lamp works")


def plan_programme(olga: Actor, clock: Clock) -> None:
    """Two rooms, an opening and the Forum of mayors, released."""
    for name, capacity in (("Hall", 300), ("Yard", 80)):
        olga.go(f"{DESK}programme/rooms/new/")
        olga.fill(name_en=name, capacity=capacity)
        olga.press("Save")
    for title, kind, admits, hour in (("Opening", "plenary", "everybody", 9), ("Forum", "mayors-forum", "mayors", 11)):
        olga.go(f"{DESK}programme/sessions/new/")
        olga.fill(
            title_en=title, starts_at=clock.at(1, f"{hour:02}:00"), ends_at=clock.at(1, f"{hour + 1:02}:30"), seats=40
        )
        olga.pick(kind=kind, admits=admits)
        olga.page.locator("#id_room").select_option(label="Hall")
        olga.press("Save")
    release(olga, "The first programme.", 1)


def release(olga: Actor, note: str, number: int) -> None:
    olga.go(f"{DESK}programme/")
    olga.follow("Release the programme")
    olga.fill(note=note)
    olga.press("Release")
    olga.sees(f"Release {number} of the programme")


def move_the_forum(olga: Actor, clock: Clock) -> None:
    """The Forum moves to the afternoon, and the programme is released again."""
    olga.go(f"{DESK}programme/sessions/forum/")
    olga.fill(starts_at=clock.at(1, "15:00"), ends_at=clock.at(1, "16:30"))
    olga.press("Save")
    release(olga, "The Forum is in the afternoon.", 2)


def read_what_changed(visitor: Actor) -> None:
    visitor.go(PUBLIC)
    visitor.follow("Programme")
    visitor.sees("Opening", "15:00")
    visitor.go(f"{PUBLIC}programme/changes/")
    visitor.sees("Release 2", "The Forum is in the afternoon.", "Release 1")


def enter_the_forum(mayor: Actor, director: Actor) -> None:
    """Open to the mayor, closed to the director, who reads why."""
    mayor.go(f"{PUBLIC}programme/forum/")
    mayor.press("Sign up")
    mayor.sees("The seat is yours")
    director.go(f"{PUBLIC}programme/forum/")
    expect(director.page.get_by_role("button", name="Sign up")).to_be_disabled()
    expect(director.page.locator(".refused .hint")).to_contain_text("mayor or deputy mayor on its day")


def show_a_booth(olga: Actor, rui: Actor, city: City) -> None:
    """The hall is drawn, a city asks for a booth, and it is chosen and placed."""
    olga.go(f"{DESK}fair/")
    olga.fill(rows="4 4")
    olga.press("Save")
    rui.go(PUBLIC)
    rui.follow("Exchange fair")
    rui.opens("Apply for a booth")
    rui.fill(text="Lamps of twelve workshops.")
    rui.press("Apply for a booth")
    rui.sees("Lamps of twelve workshops.")
    olga.go(f"{DESK}fair/")
    olga.follow(city.name)
    olga.press("Give a booth")
    olga.page.locator("#id_place").select_option(index=1)
    olga.press("Place the booth")
    olga.sees("Saved.")
    rui.go(f"{PUBLIC}fair/")
    rui.sees("Lampara")


def say_when(rui: Actor) -> None:
    """A delegation is willing to meet, whenever people meet."""
    rui.go(f"{PUBLIC}fair/")
    rui.opens("Meetings of")
    rui.press("Save")
    rui.sees("Saved.")


def wish(rui: Actor, whom: City) -> None:
    """A delegation says whom it wishes to meet, and why."""
    rui.go(f"{PUBLIC}fair/")
    rui.opens("Meetings of")
    rui.page.locator("#id_whom").select_option(label=f"{whom.name}, {whom.country.name}")
    rui.fill(why="We would make a school of lamps together.")
    rui.press("Wish for a meeting")
    rui.sees("Your wish is noted.")


def plan_meetings(olga: Actor, clock: Clock) -> None:
    """When people meet, before anybody wishes."""
    olga.go(f"{DESK}meetings/")
    olga.fill(windows=f"{clock.day(0)} 09:00 10:00", minutes=20, tables=4, interpreters=0, in_row=3)
    olga.press("Save")
    olga.sees("Saved.")


def apply_the_timetable(olga: Actor) -> None:
    """Worked out, read, applied."""
    olga.go(f"{DESK}meetings/")
    olga.press("Work out a timetable")
    olga.go(f"{DESK}meetings/")
    olga.sees("A timetable is ready to be read", "Lampara", "Vila Clara")
    olga.press("Apply the timetable")
    olga.sees("The timetable is applied.")


def begin_an_initiative(rui: Actor) -> None:
    """One tap opens it in the exchange, with both cities."""
    rui.go(f"{PUBLIC}fair/")
    rui.opens("Meetings of")
    rui.press("We start an initiative")
    rui.sees("The initiative is begun: write it further, then publish it.")
    expect(rui.page.locator("#id_title")).to_have_value("Lampara – Vila Clara")


def make_a_door(olga: Actor) -> str:
    """The address that is opened on the phones of an entrance."""
    olga.go(f"{DESK}doors/")
    olga.fill(name="North door")
    olga.press("Make")
    address = olga.page.locator("#address ~ p a").first.get_attribute("href")
    assert address
    return urlsplit(address).path


def let_in(door: Page, address: str) -> None:
    """A phone that has lost its network lets three people in, one of them only once, and hands it in later."""
    door.goto(address)
    door.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(door.locator("#fresh")).to_contain_text("List of")
    door.context.set_offline(True)
    tokens = list(Badge.objects.filter(delegate__delegation__city__slug="lampara").values_list("token", flat=True))
    assert len(tokens) == 3
    for token in (*tokens, tokens[0]):
        door.get_by_label("Badge", exact=True).fill(token)
        door.keyboard.press("Enter")
    expect(door.locator("#verdict")).to_contain_text("Already in")
    expect(door.locator("#inside")).to_have_text("3")
    expect(door.locator("#waiting")).to_have_text("4")
    door.context.set_offline(False)
    expect(door.locator("#waiting")).to_have_text("0", timeout=15_000)


def look_who_is_here(olga: Actor) -> None:
    olga.go(f"{DESK}doors/board/")
    olga.sees("3 here, of 4 who come")


def write_home(director: Actor, mayor: Actor) -> None:
    """The director writes what the city takes home; the mayor hands it in for everybody to read."""
    director.go(PUBLIC)
    director.follow("Your entry")
    director.follow("Trip report")
    director.page.locator("[id^=id_answer_idea]").first.fill("A school of lamps in every port.")
    director.page.locator("[id^=id_answer_impression]").first.fill("Nobody has ever shown us so many lamps.")
    director.press("Save")
    director.sees("Saved.")
    mayor.go(PUBLIC)
    mayor.follow("Your entry")
    mayor.follow("Trip report")
    mayor.follow("Hand the report in")
    mayor.page.locator("input[name=shared][value=everybody]").check()
    mayor.press("Hand in")
    mayor.sees("The report is handed in.")


def publish_the_report(olga: Actor, visitor: Actor) -> None:
    olga.go(f"{DESK}report/")
    olga.fill(introduction_en="Three days of light.")
    olga.press("Save")
    olga.press("Publish")
    visitor.go(PUBLIC)
    visitor.follow("Report of the conference")
    visitor.sees("Three days of light.", "A school of lamps in every port.", "Lampara")
    expect(visitor.page.locator("main")).not_to_contain_text("Diego")
