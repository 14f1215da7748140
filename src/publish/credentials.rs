//! Where credentials come from: the environment and the files that other tools of a host read. Never from site.toml.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Error;

/// The credentials of an AWS profile.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Profile {
    pub(super) key: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
    pub(super) region: Option<String>,
}

/// Where credentials for S3 come from.
pub(super) enum Aws {
    /// The environment: keys, a web identity, or the address that a container was given.
    Environment,
    /// A profile of `~/.aws`.
    Profile(Profile),
    /// The metadata address of the machine, which site.toml allows.
    Instance,
}

/// Finds credentials for S3 without a request.
///
/// # Errors
/// Where there are none: what to set.
pub(super) fn aws(instance_metadata: bool) -> Result<Aws, Error> {
    let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let profile = || std::env::var("AWS_PROFILE").ok().filter(|name| !name.is_empty());
    if has("AWS_ACCESS_KEY_ID") || has("AWS_SECRET_ACCESS_KEY") {
        let both = has("AWS_ACCESS_KEY_ID") && has("AWS_SECRET_ACCESS_KEY");
        return if both { Ok(Aws::Environment) } else { Err(none_for_s3("one of the two keys is not set")) };
    }
    if has("AWS_WEB_IDENTITY_TOKEN_FILE") && has("AWS_ROLE_ARN") {
        return Ok(Aws::Environment);
    }
    if has("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") || has("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
        return Ok(Aws::Environment);
    }
    let name = profile().unwrap_or_else(|| "default".to_owned());
    if let Some(found) = read_profile(&name) {
        return Ok(Aws::Profile(found));
    }
    match (profile(), instance_metadata) {
        (Some(name), _) => Err(none_for_s3(&format!("the profile `{name}` has no keys"))),
        (None, true) => Ok(Aws::Instance),
        (None, false) => Err(none_for_s3("nothing is set")),
    }
}

fn none_for_s3(why: &str) -> Error {
    Error::settings(format!("there are no credentials for S3: {why}")).help(
        "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE with a profile in ~/.aws/credentials; \
         in CI let the job assume a role; on a machine of the cloud set `instance_metadata = true`",
    )
}

/// Makes sure that there are credentials for Google Cloud Storage.
pub(super) fn google(instance_metadata: bool) -> Result<(), Error> {
    let names = [
        "GOOGLE_SERVICE_ACCOUNT",
        "GOOGLE_SERVICE_ACCOUNT_PATH",
        "GOOGLE_SERVICE_ACCOUNT_KEY",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "GOOGLE_BEARER_TOKEN",
        "SERVICE_ACCOUNT",
    ];
    let has_file = home().is_some_and(|home| home.join(".config/gcloud/application_default_credentials.json").exists());
    require(&names, instance_metadata || has_file, "Google Cloud Storage").map_err(|error| {
        error.help("set GOOGLE_APPLICATION_CREDENTIALS to a key file, or run `gcloud auth application-default login`; on a machine of the cloud set `instance_metadata = true`")
    })
}

/// Makes sure that there are credentials for Azure.
pub(super) fn azure(instance_metadata: bool) -> Result<(), Error> {
    let names = [
        "AZURE_STORAGE_ACCOUNT_KEY",
        "AZURE_STORAGE_ACCESS_KEY",
        "AZURE_STORAGE_SAS_KEY",
        "AZURE_STORAGE_SAS_TOKEN",
        "AZURE_STORAGE_TOKEN",
        "AZURE_CLIENT_SECRET",
        "AZURE_STORAGE_CLIENT_SECRET",
        "AZURE_FEDERATED_TOKEN_FILE",
    ];
    require(&names, instance_metadata, "Azure").map_err(|error| {
        error.help("set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY, or AZURE_STORAGE_SAS_TOKEN; on a machine of the cloud set `instance_metadata = true`")
    })
}

/// Finds the token for Netlify.
pub(super) fn netlify() -> Result<String, Error> {
    const HELP: &str = "set NETLIFY_AUTH_TOKEN to a personal access token of Netlify";
    let token = std::env::var("NETLIFY_AUTH_TOKEN").unwrap_or_default().trim().to_owned();
    if token.is_empty() {
        return Err(Error::settings("there are no credentials for Netlify: nothing is set").help(HELP));
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::settings("NETLIFY_AUTH_TOKEN is no token: it holds other signs").help(HELP));
    }
    Ok(token)
}

fn require(names: &[&str], otherwise: bool, host: &str) -> Result<(), Error> {
    let set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if otherwise || names.iter().any(set) {
        return Ok(());
    }
    Err(Error::settings(format!("there are no credentials for {host}: nothing is set")))
}

fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

/// Reads a profile from the files that `aws` reads.
fn read_profile(name: &str) -> Option<Profile> {
    let file = |variable: &str, usual: &str| {
        let path = std::env::var_os(variable).map(PathBuf::from).or_else(|| Some(home()?.join(".aws").join(usual)))?;
        std::fs::read_to_string(path).ok()
    };
    let mut keys = BTreeMap::new();
    if let Some(text) = file("AWS_CONFIG_FILE", "config") {
        keys.extend(section(&text, &format!("profile {name}")));
        keys.extend(section(&text, name).into_iter().filter(|_| name == "default"));
    }
    if let Some(text) = file("AWS_SHARED_CREDENTIALS_FILE", "credentials") {
        keys.extend(section(&text, name));
    }
    let mut take = |key: &str| keys.remove(key);
    Some(Profile {
        key: take("aws_access_key_id")?,
        secret: take("aws_secret_access_key")?,
        token: take("aws_session_token"),
        region: take("region"),
    })
}

/// Reads the keys of one section of an INI file.
fn section(text: &str, name: &str) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix('[') {
            inside = head.trim_end_matches(']').split_whitespace().eq(name.split_whitespace());
        } else if let Some((key, value)) = line.split_once('=').filter(|_| inside && !line.starts_with(['#', ';'])) {
            keys.insert(key.trim().to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let text =
            "[default]\naws_access_key_id = A\n# no = comment\n\n[profile  ops]\nAWS_ACCESS_KEY_ID=B\nregion = eu\n";
        assert_eq!(
            section(text, "default").into_iter().collect::<Vec<_>>(),
            [("aws_access_key_id".into(), "A".into())]
        );
        assert_eq!(section(text, "profile ops").len(), 2);
        assert!(section(text, "ops").is_empty());
    }
}
