"""How much a run of the benchmark asks, in full and quick."""

from dataclasses import dataclass

SEED = 1


@dataclass(frozen=True, slots=True)
class Traffic:
    """What is sent over HTTP.

    `asked` questions and records are asked again and again, `new` ones once, as many in each round
    of so many `seconds`. `batch` records are timed, `large` ones watched for memory; `naive` and
    `hermit` requests are made of the naive services.
    """

    asked: int = 100
    new: int = 200
    seconds: float = 0.5
    batch: int = 2_000
    large: int = 10_000
    naive: int = 5
    hermit: int = 1


@dataclass(frozen=True, slots=True)
class Queried:
    """What is asked in SPARQL, beside the queries that are timed as all HTTP is.

    A shipped question is asked for `attacked` seconds without and with attackers, `kills` queries
    are stopped, and results of as many rows as `streamed` says are taken in `stream_rounds`. With
    `others`, Primum is compared with other servers, which are installed if need be.
    """

    attacked: float = 20.0
    kills: int = 25
    streamed: tuple[int, ...] = (100_000, 1_000_000)
    stream_rounds: int = 3
    others: bool = True


@dataclass(frozen=True, slots=True)
class Crowds:
    """The cohorts that are answered, in records.

    Those of `sizes` are examples, timed in so many `rounds`, or one where there are as many as
    `large`; `compared` of each are answered one by one as well, and `singly` timed so. `joined`
    known records are answered by the SQL join, `queried` of them in SPARQL; `spark` run on Spark,
    none where it is 0; `profiled` tell where the time goes.
    """

    sizes: tuple[int, ...] = (10_000, 100_000, 1_000_000, 10_000_000)
    rounds: int = 5
    large: int = 10_000_000
    compared: int = 500
    singly: int = 1_000
    joined: int = 100_000
    queried: int = 100
    spark: int = 1_000_000
    profiled: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Scale:
    """Questions of each contender, situations of the reasoner, records with open facts, sizes.

    `explained` records are explained, each for one treatment, and `proved` of them proved; `grown`
    are asked at each size of `sizes`, a number of generated rules, and of `open_factors`. With
    `alone`, HermiT is put more than batches; each of its calls takes seconds.
    """

    questions: int = 200
    rdflib: int = 10
    situations: int = 40
    alone: bool = True
    records: int = 20
    explained: int = 24
    proved: int = 8
    grown: int = 4
    rounds: int = 5
    slow_rounds: int = 3
    sizes: tuple[int, ...] = (10, 100, 1_000, 10_000)
    open_factors: tuple[int, ...] = (0, 1, 2, 4, 8, 16, 32, 64)
    http: Traffic = Traffic()
    sparql: Queried = Queried()
    cohorts: Crowds = Crowds()


QUICK = Scale(
    questions=20,
    rdflib=1,
    situations=6,
    alone=False,
    records=1,
    explained=4,
    proved=1,
    grown=2,
    rounds=3,
    slow_rounds=1,
    sizes=(10, 100),
    open_factors=(0, 1, 4, 16),
    http=Traffic(asked=8, new=10, seconds=0.05, batch=50, large=200, naive=1, hermit=0),
    sparql=Queried(attacked=2.0, kills=2, streamed=(1_000, 10_000), stream_rounds=1),
    cohorts=Crowds(
        sizes=(10_000,),
        rounds=1,
        compared=50,
        singly=100,
        joined=2_000,
        queried=5,
        spark=0,
        profiled=10_000,
    ),
)
