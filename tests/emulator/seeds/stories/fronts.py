"""Load balancers and distributions."""

from seeds.builder import Builder
from seeds.fronts import deliver, distribution, load_balancer
from seeds.stories import EU, US


def balancers(b: Builder, _second: Builder) -> None:
    """Each kind of load balancer, with and without logs."""
    load_balancer(b, US, "a-logged", "application", (443, "HTTPS"), logs="example-logs")
    load_balancer(b, US, "b-silent", "application", (80, "HTTP"))
    load_balancer(b, US, "c-tls", "network", (443, "TLS"), (80, "TCP"))
    load_balancer(b, US, "d-tcp", "network", (5432, "TCP"))
    load_balancer(b, EU, "e-gateway", "gateway", scheme=None)


def distributions(b: Builder, _second: Builder) -> None:
    """One for each way to log, and for each way only to seem to."""
    origin = "origin.example.com"
    distribution(b, "a-legacy.example.com", origin, logs="example-logs")
    distribution(b, "b-delivered.example.com", origin, delivered=True)
    distribution(b, "c-real-time.example.com", origin, real_time=(True, True))
    distribution(b, "d-partly.example.com", origin, real_time=(True, False))
    deliver(b, distribution(b, "e-source-only.example.com", origin), delivery=False)
    distribution(b, "f-silent.example.com", origin)
