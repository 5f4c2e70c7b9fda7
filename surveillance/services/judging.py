"""Judging deployments, in this process or in several: the same function for a laptop and a department."""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

from surveillance.domain.alarm import AlarmDraft, from_fact, from_signal
from surveillance.domain.evaluation import Evaluation, evaluate_weeks
from surveillance.domain.stop_use import RecommendationDraft, recommend
from surveillance.services.case_logs import read_case_logs
from surveillance.services.due_weeks import Due
from surveillance.services.stored_evaluation import stored
from surveillance.storage.evaluations import NewEvaluation
from surveillance.storage.store import open_store
from surveillance.storage.times import from_micros

WORTH_A_PROCESS = 200


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging a deployment's weeks gave: evaluations to keep, and everything that asks for an answer.

    `still` are the keys of the signals that the newest evaluation still sees; `now_beyond` the charts that
    stand beyond their alarm limit in it.
    """

    evaluations: tuple[NewEvaluation, ...]
    alarms: tuple[AlarmDraft, ...]
    recommendations: tuple[RecommendationDraft, ...]
    still: frozenset[str]
    now_beyond: frozenset[str]


def judge(url: str, due: Due, seen_by: int) -> Judged:
    """Judge one deployment's due weeks from what the store had seen by a moment.

    Linear algebra keeps to one thread: the matrices are small, and threads that wait for each other cost more.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="blas"):
        return _judge(url, due, seen_by)


def _judge(url: str, due: Due, seen_by: int) -> Judged:
    with closing(open_store(url)) as store, store.read() as connection:
        logs = read_case_logs(connection, due.deployment, [part.plan for part in due.parts], seen_by)
    at = from_micros(seen_by)
    evaluations: list[NewEvaluation] = []
    alarms: dict[str, AlarmDraft] = {}
    recommendations: dict[str, RecommendationDraft] = {}
    newest: Evaluation | None = None
    for part, log in zip(due.parts, logs, strict=True):
        for newest in evaluate_weeks(part.plan, log, part.weeks):
            evaluations.append(
                stored(newest, part.plan, deployment_id=due.deployment.id, plan_id=part.plan_id, seen_by=seen_by, at=at)
            )
            for path in newest.charts:
                for signal in path.signals:
                    if signal.key not in alarms:
                        alarms[signal.key] = from_signal(part.plan, path, signal)
            for fact in newest.facts:
                alarms.setdefault(fact.key, from_fact(part.plan, fact))
            for draft in recommend(part.plan, newest):
                recommendations.setdefault(draft.key, draft)
    charts = () if newest is None else newest.charts
    still = frozenset(signal.key for path in charts for signal in path.signals)
    beyond = frozenset(p.key for p in charts if p.design is not None and p.current >= p.design.alarm_limit)
    return Judged(tuple(evaluations), tuple(alarms.values()), tuple(recommendations.values()), still, beyond)


def judge_all(
    url: str, work: Sequence[Due], seen_by: int, workers: int | None
) -> Iterator[tuple[Due, Judged | Exception]]:
    """Judge deployments one after another, or in processes where the work is worth starting them.

    A deployment that cannot be judged gives its error in place of a judgement: the others must not wait for it.
    Processes are spawned, never forked: a forked process would inherit the store's open connections.
    """
    weeks = sum(len(due.weeks) for due in work)
    if workers is None:
        workers = min(os.cpu_count() or 1, len(work)) if weeks > WORTH_A_PROCESS else 1
    if workers <= 1:
        with ThreadPoolExecutor(1) as pool:
            for due in work:
                yield due, _judged_or_error(pool.submit(judge, url, due, seen_by))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_settle) as pool:
        futures = deque(pool.submit(judge, url, due, seen_by) for due in work)
        for due in work:
            yield due, _judged_or_error(futures.popleft())  # nothing holds it once it is kept: it is megabytes


def _judged_or_error(future: Future[Judged]) -> Judged | Exception:
    error = future.exception()
    if error is not None and not isinstance(error, Exception):  # asked to stop
        raise error
    return future.result() if error is None else error


def _settle() -> None:
    """Leave what a process imported out of its searches for garbage: where nothing but judging is done, it stays."""
    gc.freeze()
