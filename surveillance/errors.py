"""Every deliberate error of the product; each message is a sentence that may be shown as it stands."""


class SurveillanceError(Exception):
    """The one base: what the door of the app and of the command line catches."""


class NotEstimable(SurveillanceError):  # noqa: N818 - an answer, not a fault: shown word for word
    """A number does not exist; the message says what was needed and what there was."""

    @property
    def reason(self) -> str:
        """Return the sentence to show in place of the number."""
        return str(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NotEstimable) and self.args == other.args

    def __hash__(self) -> int:
        return hash(self.args)


class NotAllowed(SurveillanceError):  # noqa: N818 - reads as the sentence it is
    """The person's role may not do this; the message says who may."""


class NotFound(SurveillanceError):  # noqa: N818 - reads as the sentence it is
    """What was asked for is not in this store."""


class InvalidPlan(SurveillanceError):  # noqa: N818 - reads as the sentence it is
    """A surveillance plan was refused; the message names the field."""


class InvalidProfile(SurveillanceError):  # noqa: N818 - reads as the sentence it is
    """A mapping profile was refused; the message names the key."""


class FileRefused(SurveillanceError):  # noqa: N818 - reads as the sentence it is
    """A whole file was refused before anything was stored; the message says why and what to do."""


class AlreadyDecided(SurveillanceError):  # noqa: N818 - reads as the sentence it is
    """Somebody has signed this already; nothing was changed."""


class StoreUnusable(SurveillanceError):  # noqa: N818 - reads as the sentence it is
    """The store cannot be opened or written safely; the message says what to do."""


class TrailBroken(SurveillanceError):  # noqa: N818 - reads as the sentence it is
    """The audit trail does not verify; writing stops until it is looked into."""
