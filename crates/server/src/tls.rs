//! TLS with rustls and ring: the server's certificate, and the authorities that it trusts as a
//! client.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio_rustls::rustls::{
    self, ClientConfig, RootCertStore, ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject},
    },
};

/// The only protocol that is spoken inside.
const ALPN: &[u8] = b"http/1.1";

/// Where the server's certificate is: PEM files, the certificate with its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// Why a certificate or key is of no use. One sentence each that says which file.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("{path} cannot be read: {source}.", path = path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{path} has no {what} in PEM form.", path = path.display())]
    Empty { path: PathBuf, what: &'static str },
    #[error("The certificate in {certificate} and the key in {key} cannot be used: {source}.", certificate = .files.certificate.display(), key = .files.key.display())]
    Unusable { files: TlsFiles, source: rustls::Error },
    #[error("{path} has a certificate that cannot be trusted: {source}.", path = path.display())]
    Untrusted { path: PathBuf, source: rustls::Error },
}

/// The configuration of the server's side.
pub(crate) fn server_config(files: &TlsFiles) -> Result<Arc<ServerConfig>, TlsError> {
    let chain = certificates(&files.certificate)?;
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| unreadable(&files.key, "private key", error))?;
    let unusable = |source| TlsError::Unusable { files: files.clone(), source };
    let builder = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(unusable)?;
    let mut config = builder.with_no_client_auth().with_single_cert(chain, key).map_err(unusable)?;
    config.alpn_protocols = vec![ALPN.to_vec()];
    Ok(Arc::new(config))
}

/// The configuration of the client's side. It trusts the authorities that browsers trust, as
/// compiled in, and those of a file.
pub(crate) fn client_config(more: Option<&Path>) -> Result<Arc<ClientConfig>, TlsError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = more {
        for certificate in certificates(path)? {
            let untrusted = |source| TlsError::Untrusted { path: path.to_owned(), source };
            roots.add(certificate).map_err(untrusted)?;
        }
    }
    let builder = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("ring knows the default versions");
    Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    const WHAT: &str = "certificate";
    let found: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).and_then(Iterator::collect);
    let found = found.map_err(|error| unreadable(path, WHAT, error))?;
    if found.is_empty() { Err(TlsError::Empty { path: path.to_owned(), what: WHAT }) } else { Ok(found) }
}

fn unreadable(path: &Path, what: &'static str, error: pem::Error) -> TlsError {
    if let pem::Error::Io(source) = error {
        return TlsError::Unreadable { path: path.to_owned(), source };
    }
    TlsError::Empty { path: path.to_owned(), what }
}
