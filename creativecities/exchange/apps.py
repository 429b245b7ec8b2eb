"""What the cities do together: initiatives and their partner cities."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "creativecities.exchange"
    label = "exchange"

    def ready(self) -> None:
        from creativecities.accounts import rules as accounts
        from creativecities.core import desk, digests, events, outbox, presence
        from creativecities.exchange import actions, notices, rules
        from creativecities.exchange.queries import invitations, messages, pictures, replies, topics, wanted
        from creativecities.network.queries import files, handover, mandates

        notices.register()
        desk.register_due(replies.due_for)
        desk.register_due(invitations.due_for)
        desk.register_due(messages.due_for)
        for kinds in ("exchange.message.", "exchange.partner.", "exchange.initiative."):  # they name drafts
            outbox.register_confidential(kinds)
        digests.register_reader("exchange.", mandates.holds_any)
        handover.register_handover(messages.passes_on)
        desk.register_due(wanted.due_for)
        files.register_files(pictures.files_visible_to)
        events.register_parts(topics.label)
        presence.register_places("exchange.initiative", rules.may_be_at)
        accounts.register_erasure(actions.forget_person)
        self._read_files()

    def _read_files(self) -> None:
        """Say which files of the reference data hold initiatives and topics."""
        from creativecities.exchange import actions
        from creativecities.exchange.actions.topics import write_topics
        from creativecities.exchange.formats import initiatives as formats
        from creativecities.exchange.formats import topics as topic_files
        from creativecities.exchange.queries import loading, topics
        from creativecities.network.formats import further

        further.register(
            further.Further(
                label=loading.LABEL,
                file=formats.FILE,
                columns=formats.COLUMNS,
                faults=formats.faults,
                records=formats.records,
                held=loading.held,
                write=actions.write_from_files,
            )
        )
        further.register(
            further.Further(
                label=topics.LABEL,
                file=topic_files.FILE,
                columns=topic_files.COLUMNS,
                faults=topic_files.faults,
                records=topic_files.records,
                held=topics.held,
                write=write_topics,
            )
        )
