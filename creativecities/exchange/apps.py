"""What the cities do together: initiatives and their partner cities."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "creativecities.exchange"
    label = "exchange"

    def ready(self) -> None:
        from creativecities.accounts import rules as accounts
        from creativecities.exchange import actions, notices
        from creativecities.exchange.formats import initiatives as formats
        from creativecities.exchange.queries import loading
        from creativecities.network.formats import further

        notices.register()
        accounts.register_erasure(actions.forget_person)
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
