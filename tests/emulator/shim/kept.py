"""What moto works out again for every request or resource although it is always the same: made once, and kept.

Nothing that it answers changes. The keys are never used: no seed signs or encrypts with what KMS or Cognito hold.
"""

from functools import cache

from joserfc import jwk
from moto import backends
from moto.cognitoidp import models as cognito
from moto.kms import models as kms


class Keys:
    """`joserfc.jwk` as Cognito's pools use it: the file is the same for all of them."""

    class RSAKey:
        key = None

        @classmethod
        def import_key(cls, file):
            cls.key = cls.key or jwk.RSAKey.import_key(file)
            return cls.key


def install() -> None:
    """Keeps the names of moto's modules, the key material of KMS by key spec, and the key that signs pools' tokens."""
    names = tuple(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: names
    kms.generate_private_key = cache(kms.generate_private_key)
    cognito.jwk = Keys
