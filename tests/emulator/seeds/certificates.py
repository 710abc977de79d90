"""Server certificates with chosen dates."""

import hashlib
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from seeds.builder import Builder


def upload(b: Builder, name: str, begins: datetime, ends: datetime, path: str = "/") -> None:
    """Uploads a self-signed certificate; its key comes from its name."""
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "example.com")])
    certificate = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(1 + sum(name.encode())).not_valid_before(begins).not_valid_after(ends).sign(key, None)
    )  # fmt: skip
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    b.iam.upload_server_certificate(ServerCertificateName=name, Path=path, CertificateBody=certificate.public_bytes(Encoding.PEM).decode(), PrivateKey=private)
    b.backend.get_server_certificate(name).upload_date = begins
