"""How a range allows for several studies of one patient, in the words of "show the working"."""

SHARE_REPEATS = "; where a patient has several studies in the window, for their effective number (Rao & Scott)"
SHARE_REPEATS_AUDITED = "; where a patient has several studies in the window, widened by their design effect"
AREA_REPEATS = "; where a patient has several studies in the window, with Obuchowski's variance"
AREA_REPEATS_AUDITED = "; where a patient has several studies in the window, scaled by Obuchowski's variance"
