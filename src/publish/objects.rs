//! Buckets: Amazon S3 and everything that speaks it, Google Cloud Storage, Azure Blob Storage.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3Builder, S3ConditionalPut};
use object_store::azure::MicrosoftAzureBuilder;
use object_store::client::HttpError;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, GetOptions, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, RetryConfig,
    UpdateVersion,
};
use tokio::runtime::Runtime;

use super::Error;
use super::credentials::{self, Aws};
use super::http::{self, Patient};
use super::keyed::{Store, Version};
use super::manifest::{File, Headers};
use crate::config::{Bucket, HostKind};
use crate::emit::ContentHash;

/// The name of the metadata that tells what an object holds, without reading it.
const TAG: &str = "dateline";

/// A bucket.
#[derive(Debug)]
pub(super) struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: String,
    conditional: bool,
    runtime: &'static Runtime,
}

impl Objects {
    /// Opens a bucket; no request is sent.
    pub(super) fn open(bucket: &Bucket) -> Result<Self, Error> {
        let runtime = http::runtime()?;
        let store = match bucket.kind {
            HostKind::Gcs => google(bucket)?,
            HostKind::Azure => azure(bucket)?,
            _ => amazon(bucket)?,
        };
        Ok(Self { store, prefix: bucket.prefix.clone(), conditional: bucket.conditional, runtime })
    }

    /// Gives the key of a path, as it is: `Path::from` would encode what the request encodes again.
    fn key(&self, path: &str) -> Result<Path, Error> {
        let key = format!("{}{path}", self.prefix);
        Path::parse(&key).map_err(|_| Error::refused(format!("`{path}` is no key of an object")))
    }

    /// Sends a request and waits for its answer.
    fn wait<T>(&self, request: impl Future<Output = object_store::Result<T>>) -> Result<T, Error> {
        self.runtime.block_on(request).map_err(|error| told(&error))
    }
}

/// No retries beside our own, so that there is one rule.
fn no_retries() -> RetryConfig {
    RetryConfig { max_retries: 0, ..RetryConfig::default() }
}

fn unusable(error: &object_store::Error) -> Error {
    Error::settings(format!("the bucket cannot be used: {}", deepest(error)))
}

fn amazon(bucket: &Bucket) -> Result<Arc<dyn ObjectStore>, Error> {
    let plain = bucket.endpoint.as_ref().is_some_and(|url| url.starts_with("http://"));
    let conditional = if bucket.conditional { S3ConditionalPut::ETagMatch } else { S3ConditionalPut::Disabled };
    let mut builder = match credentials::aws(bucket.instance_metadata)? {
        Aws::Environment => AmazonS3Builder::from_env(),
        Aws::Instance => AmazonS3Builder::new(),
        Aws::Profile(profile) => {
            let mut builder =
                AmazonS3Builder::new().with_access_key_id(profile.key).with_secret_access_key(profile.secret);
            if let Some(token) = profile.token {
                builder = builder.with_token(token);
            }
            match profile.region {
                Some(region) => builder.with_region(region),
                None => builder,
            }
        }
    };
    builder = builder
        .with_bucket_name(&bucket.name)
        .with_conditional_put(conditional)
        .with_disable_bulk_delete(true)
        .with_retry(no_retries())
        .with_client_options(http::options(plain))
        .with_http_connector(Patient);
    if let Some(endpoint) = &bucket.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    if let Some(region) = &bucket.region {
        builder = builder.with_region(region);
    }
    Ok(Arc::new(builder.build().map_err(|error| unusable(&error))?))
}

fn google(bucket: &Bucket) -> Result<Arc<dyn ObjectStore>, Error> {
    credentials::google(bucket.instance_metadata)?;
    let plain = bucket.endpoint.as_ref().is_some_and(|url| url.starts_with("http://"));
    let mut builder = GoogleCloudStorageBuilder::from_env()
        .with_bucket_name(&bucket.name)
        .with_retry(no_retries())
        .with_client_options(http::options(plain))
        .with_http_connector(Patient);
    if let Some(endpoint) = &bucket.endpoint {
        builder = builder.with_base_url(endpoint);
    }
    Ok(Arc::new(builder.build().map_err(|error| unusable(&error))?))
}

fn azure(bucket: &Bucket) -> Result<Arc<dyn ObjectStore>, Error> {
    credentials::azure(bucket.instance_metadata)?;
    let plain = bucket.endpoint.as_ref().is_some_and(|url| url.starts_with("http://"));
    let mut builder = MicrosoftAzureBuilder::from_env()
        .with_container_name(&bucket.name)
        .with_retry(no_retries())
        .with_client_options(http::options(plain))
        .with_http_connector(Patient);
    if let Some(endpoint) = &bucket.endpoint {
        builder = builder.with_endpoint(endpoint.clone());
    }
    Ok(Arc::new(builder.build().map_err(|error| unusable(&error))?))
}

/// Says what a host answered in few words: its own may hold keys and signatures.
fn told(error: &object_store::Error) -> Error {
    let text = deepest(error).to_string();
    let between =
        |start: &str, end: &str| text.split_once(start).and_then(|(_, rest)| Some(rest.split_once(end)?.0.to_owned()));
    let code = between("<Code>", "</Code>").filter(|code| code.len() < 80 && code.chars().all(char::is_alphanumeric));
    let status = between("status code: ", ":");
    let said = match (status, code) {
        (Some(status), Some(code)) => format!("the host answered {status} ({code})"),
        (Some(status), None) => format!("the host answered {status}"),
        (None, Some(code)) => format!("the host answered {code}"),
        (None, None) if is_of_network(error) => text.lines().next().unwrap_or_default().to_owned(),
        // What it answered may be the request itself, with its signature.
        (None, None) => "the host's answer cannot be understood".to_owned(),
    };
    match error {
        object_store::Error::NotFound { .. } => Error::missing(said),
        _ => Error::host(said),
    }
}

/// Tells whether no whole answer came.
fn is_of_network(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(|error| error.is::<HttpError>())
}

/// Finds the error that caused all others; for an answer, the one that tells its status.
fn deepest<'e>(error: &'e (dyn std::error::Error + 'static)) -> &'e (dyn std::error::Error + 'static) {
    let mut deepest = error;
    while let Some(cause) = deepest.source() {
        deepest = cause;
    }
    deepest
}

/// Says what an object holds: the hash of its bytes, and that of its headers.
fn tag(file: &File) -> String {
    let Headers { content_type, cache_control } = &file.headers;
    format!("{}-{}", file.hash, ContentHash::of(format!("{content_type}\n{cache_control}").as_bytes()))
}

/// Writes what a host tells of an object's state as one text; no part of it has a line break.
fn version(e_tag: Option<String>, version: Option<String>) -> Version {
    Version(format!("{}\n{}", e_tag.unwrap_or_default(), version.unwrap_or_default()))
}

impl Store for Objects {
    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Version)>, Error> {
        let key = self.key(path)?;
        let got = self.wait(async {
            let got = self.store.get(&key).await?;
            let version = version(got.meta.e_tag.clone(), got.meta.version.clone());
            Ok((got.bytes().await?.to_vec(), version))
        });
        match got {
            Err(error) if error.kind == super::ErrorKind::Missing => Ok(None),
            got => got.map(Some),
        }
    }

    fn put(&self, path: &str, file: &File, bytes: Vec<u8>) -> Result<(), Error> {
        let attributes = Attributes::from_iter([
            (Attribute::ContentType, file.headers.content_type.clone()),
            (Attribute::CacheControl, file.headers.cache_control.clone()),
            (Attribute::Metadata(TAG.into()), tag(file)),
        ]);
        let options = PutOptions { attributes, ..PutOptions::default() };
        let key = self.key(path)?;
        self.wait(self.store.put_opts(&key, PutPayload::from(bytes), options)).map(drop)
    }

    fn put_if(&self, path: &str, bytes: &[u8], last: Option<&Version>) -> Result<Option<Version>, Error> {
        let mode = match last {
            _ if !self.conditional => {
                if self.get(path)?.map(|(_, version)| version).as_ref() != last {
                    return Ok(None);
                }
                PutMode::Overwrite
            }
            None => PutMode::Create,
            Some(Version(text)) => {
                let (e_tag, version) = text.split_once('\n').unwrap_or((text, ""));
                let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
                PutMode::Update(UpdateVersion { e_tag: some(e_tag), version: some(version) })
            }
        };
        let attributes = Attributes::from_iter([
            (Attribute::ContentType, "application/json"),
            (Attribute::CacheControl, "no-store"),
        ]);
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        let key = self.key(path)?;
        let put = self.store.put_opts(&key, PutPayload::from(bytes.to_vec()), options);
        match self.runtime.block_on(put) {
            Ok(put) => Ok(Some(version(put.e_tag, put.version))),
            Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => Ok(None),
            Err(error) => Err(told(&error).during(&format!("cannot write `{path}`"))),
        }
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), Error> {
        let (from, to) = (self.key(from)?, self.key(to)?);
        self.wait(self.store.copy(&from, &to))
    }

    fn delete(&self, path: &str) -> Result<(), Error> {
        let key = self.key(path)?;
        match self.wait(self.store.delete(&key)) {
            Err(error) if error.kind == super::ErrorKind::Missing => Ok(()),
            deleted => deleted,
        }
    }

    fn list(&self, folder: &str) -> Result<BTreeSet<String>, Error> {
        let folder = format!("{}{folder}", self.prefix);
        let folder = folder.trim_end_matches('/');
        let prefix = (!folder.is_empty()).then(|| Path::parse(folder)).transpose();
        let prefix = prefix.map_err(|_| Error::settings(format!("`{}` is no prefix", self.prefix)))?;
        let listed = self.store.list(prefix.as_ref()).map_ok(|about| about.location.as_ref().to_owned());
        let keys: Vec<String> = self.wait(listed.try_collect())?;
        Ok(keys.into_iter().filter_map(|key| Some(key.strip_prefix(&self.prefix)?.to_owned())).collect())
    }

    fn holds(&self, path: &str, file: &File) -> Result<bool, Error> {
        let key = self.key(path)?;
        let options = GetOptions { head: true, ..GetOptions::default() };
        match self.wait(self.store.get_opts(&key, options)) {
            Ok(got) => {
                Ok(got.attributes.get(&Attribute::Metadata(TAG.into())).is_some_and(|found| **found == *tag(file)))
            }
            Err(error) if error.kind == super::ErrorKind::Missing => Ok(false),
            Err(error) => Err(error),
        }
    }
}
