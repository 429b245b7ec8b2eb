"""The annual conference: editions, hosts, delegations, programme, fair, door and outcomes."""

from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "creativecities.conference"
    label = "conference"

    def ready(self) -> None:
        from creativecities.accounts import rules as accounts
        from creativecities.conference import notices
        from creativecities.conference.actions import letters, marks, surveys
        from creativecities.conference.actions.certificates import forget_person
        from creativecities.conference.queries import fair
        from creativecities.core import desk, outbox

        notices.register()
        desk.register_due(fair.due_for)
        accounts.register_erasure(forget_person)  # before the delegates lose who they are
        accounts.register_erasure(letters.forget_person)
        accounts.register_erasure(surveys.forget_person)
        self._send_delegations()
        accounts.register_erasure(marks.forget_person)
        outbox.register_confidential("conference.survey.")  # their links answer it
        self._read_cases()
        self._read_files()

    def _read_cases(self) -> None:
        """What waits because of cases, what is forgotten of who reads them, and which events and materials one has."""
        from creativecities.accounts import rules as accounts
        from creativecities.conference.actions import readings
        from creativecities.conference.queries import cases
        from creativecities.conference.rules import events, materials
        from creativecities.core import access, desk
        from creativecities.network.queries import files

        files.register_files(materials.files_visible_to)
        desk.register_due(cases.due_for)
        accounts.register_erasure(readings.forget_person)
        access.register_event_limit(events.limit)

    def _send_delegations(self) -> None:
        """What those see and do who send and are sent."""
        from creativecities.accounts import rules as accounts
        from creativecities.conference.actions import needs
        from creativecities.conference.queries import due
        from creativecities.conference.rules import registration
        from creativecities.core import desk

        accounts.register_acceptance(registration.INVITATION, needs.take_up, registration.stands)
        accounts.register_erasure(needs.forget_person)
        desk.register_due(due.of_delegations)

    def _read_files(self) -> None:
        """Say which file of the reference data holds the editions."""
        from creativecities.conference.actions.history import write_editions
        from creativecities.conference.formats import history
        from creativecities.conference.queries import loading
        from creativecities.network.formats import further

        further.register(
            further.Further(
                label=loading.LABEL,
                file=history.FILE,
                columns=history.COLUMNS,
                faults=history.faults,
                records=history.records,
                held=loading.held,
                write=write_editions,
            )
        )
