//! A certificate that only the test trusts.

use std::{fs, path::PathBuf, sync::Arc};

use duelcast_server::tls::TlsFiles;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use tempfile::TempDir;
use tokio_rustls::rustls::{
    ClientConfig, RootCertStore, ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

pub struct Certificate {
    folder: TempDir,
    made: CertifiedKey<KeyPair>,
}

impl Certificate {
    /// For this name, in files.
    pub fn of(name: &str) -> Self {
        let made = generate_simple_self_signed([name.to_owned()]).unwrap();
        let certificate = Self { folder: tempfile::tempdir().unwrap(), made };
        certificate.write_to(&certificate.files());
        certificate
    }

    pub fn files(&self) -> TlsFiles {
        let file = |name| self.folder.path().join(name);
        TlsFiles { certificate: file("cert.pem"), key: file("key.pem") }
    }

    /// The certificate without its key, for the trust store of a client.
    pub fn authority(&self) -> PathBuf {
        self.files().certificate
    }

    /// Takes the place of another one.
    pub fn write_to(&self, files: &TlsFiles) {
        fs::write(&files.certificate, self.made.cert.pem()).unwrap();
        fs::write(&files.key, self.made.signing_key.serialize_pem()).unwrap();
    }

    /// A client that believes this certificate and no other.
    pub fn believer(&self) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.made.cert.der().clone()).unwrap();
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        Arc::new(builder.with_root_certificates(roots).with_no_client_auth())
    }

    /// A server that shows it.
    pub fn shower(&self) -> Arc<ServerConfig> {
        let files = self.files();
        let chain = vec![CertificateDer::from_pem_file(&files.certificate).unwrap()];
        let key = PrivateKeyDer::from_pem_file(&files.key).unwrap();
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        Arc::new(builder.with_no_client_auth().with_single_cert(chain, key).unwrap())
    }
}
