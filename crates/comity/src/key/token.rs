//! Signing with a key that a PKCS#11 token holds (OASIS PKCS #11 3.0: `CKM_EDDSA`, pure Ed25519).
//!
//! The secret never enters this process. The PIN is read from a file, given to the token and to
//! nobody else: it stands in no message.

use std::fmt;

use anyhow::Result;
use comity_signature::key::VerifyingKey;
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::eddsa::{EddsaParams, EddsaSignatureScheme};
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;

use super::uri::Uri;
use crate::exit::Failure;
use crate::input::read_whole;

/// Longest file of a PIN.
const MAX_PIN_BYTES: u64 = 1_024;
/// How a DER OCTET STRING of 32 bytes begins: what an EC point of Ed25519 is wrapped in.
const OCTET_STRING: [u8; 2] = [0x04, 0x20];

/// A key in a token that is open for signing.
pub(crate) struct Token {
    session: Session,
    private: ObjectHandle,
    public: VerifyingKey,
    name: String,
}

impl Token {
    /// Opens the token that `uri` names, logs in, and finds the one key.
    pub(crate) fn open(uri: &Uri) -> Result<Self> {
        let module = uri.module_path.display();
        let failed = |what: &str, error: &Error| {
            Failure::unreadable(format!("{what}: {}", reason(error)))
                .help("look with: pkcs11-tool --module FILE.so --list-token-slots --list-objects")
        };
        let pkcs11 = Pkcs11::new(&uri.module_path)
            .map_err(|error| failed(&format!("the library {module} cannot be loaded"), &error))?;
        match pkcs11.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            // A second key of the same library.
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
            Err(error) => return Err(failed(&format!("{module} does not start"), &error).into()),
        }
        let name = uri.token.as_ref().or(uri.serial.as_ref());
        let name = name.cloned().unwrap_or_default();
        let slot = find_slot(&pkcs11, uri)?;
        let session = pkcs11
            .open_ro_session(slot)
            .map_err(|error| failed(&format!("the token {name} cannot be opened"), &error))?;
        match session.login(UserType::User, Some(&read_pin(uri)?)) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
            Err(error) => {
                let what = format!("the token {name} lets nobody in");
                return Err(Failure::unreadable(format!("{what}: {}", reason(&error)))
                    .help("look at the PIN in the file of pin-source; tokens lock after a few wrong ones")
                    .into());
            }
        }
        let private = find_one(&session, uri, ObjectClass::PRIVATE_KEY, &name)?;
        let public = find_one(&session, uri, ObjectClass::PUBLIC_KEY, &name)?;
        let public = point_of(&session, public)
            .map_err(|error| failed("the public key cannot be read", &error))?;
        Ok(Self {
            session,
            private,
            public,
            name,
        })
    }

    /// The public half.
    pub(crate) fn verifying_key(&self) -> VerifyingKey {
        self.public
    }

    /// The token's signature over `message`.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<[u8; 64]> {
        let mechanism = Mechanism::Eddsa(EddsaParams::new(EddsaSignatureScheme::Pure));
        let signature = self.session.sign(&mechanism, self.private, message);
        let signature = signature.map_err(|error| {
            let what = format!("the token {} does not sign: {}", self.name, reason(&error));
            Failure::unreadable(what).help("it must know CKM_EDDSA with Ed25519 (PKCS #11 3.0)")
        })?;
        let length = signature.len();
        signature.try_into().map_err(|_| {
            let what = format!(
                "the token {} answers a signature of {length} bytes",
                self.name
            );
            Failure::unreadable(what)
                .help("an Ed25519 signature has 64; name a key of that curve")
                .into()
        })
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.public.to_multikey();
        write!(formatter, "Token({}, key {key})", self.name)
    }
}

/// What the token says, in one line and without where in the library it was said.
fn reason(error: &Error) -> String {
    match error {
        Error::Pkcs11(RvError::PinIncorrect, _) => "the PIN is wrong".to_owned(),
        Error::Pkcs11(RvError::PinLocked, _) => "the PIN is locked".to_owned(),
        Error::Pkcs11(RvError::MechanismInvalid, _) => "it does not know CKM_EDDSA".to_owned(),
        error => error.to_string(),
    }
}

fn read_pin(uri: &Uri) -> Result<AuthPin> {
    let bytes = read_whole(&uri.pin_source.to_string_lossy(), MAX_PIN_BYTES)?;
    let pin = String::from_utf8(bytes).map_err(|_| {
        Failure::unreadable(format!("{} is no text in UTF-8", uri.pin_source.display()))
    })?;
    Ok(pin.trim_end_matches(['\r', '\n']).to_owned().into())
}

/// The slot with the token that was named; exactly one.
fn find_slot(pkcs11: &Pkcs11, uri: &Uri) -> Result<Slot> {
    let module = uri.module_path.display();
    let slots = pkcs11.get_slots_with_token().map_err(|error| {
        Failure::unreadable(format!("{module} lists no tokens: {}", reason(&error)))
    })?;
    let mut labels = Vec::new();
    let mut found = Vec::new();
    for slot in slots {
        let Ok(info) = pkcs11.get_token_info(slot) else {
            continue;
        };
        let fits = |wanted: &Option<String>, is: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == is.trim_end())
        };
        if fits(&uri.token, info.label()) && fits(&uri.serial, info.serial_number()) {
            found.push(slot);
        }
        labels.push(format!("{:?}", info.label().trim_end()));
    }
    match found.as_slice() {
        [slot] => Ok(*slot),
        [] => Err(
            Failure::unreadable(format!("{module} shows no token of that name"))
                .help(format!("it shows {}", labels.join(", ")))
                .into(),
        ),
        _ => Err(Failure::usage("several tokens have that name")
            .help("add serial=NUMBER to the key")
            .into()),
    }
}

/// The one Ed25519 key of that class that was named.
fn find_one(session: &Session, uri: &Uri, class: ObjectClass, token: &str) -> Result<ObjectHandle> {
    let half = if class == ObjectClass::PRIVATE_KEY {
        "private"
    } else {
        "public"
    };
    let mut template = vec![
        Attribute::Class(class),
        Attribute::KeyType(KeyType::EC_EDWARDS),
    ];
    if let Some(label) = &uri.object {
        template.push(Attribute::Label(label.as_bytes().to_vec()));
    }
    if let Some(id) = &uri.id {
        template.push(Attribute::Id(id.clone()));
    }
    let found = session.find_objects(&template).map_err(|error| {
        Failure::unreadable(format!(
            "the token {token} is not searched: {}",
            reason(&error)
        ))
    })?;
    match found.as_slice() {
        [object] => Ok(*object),
        [] => Err(Failure::unreadable(format!(
            "the token {token} has no {half} Ed25519 key of that name"
        ))
        .help(
            "make a pair in it: pkcs11-tool --keypairgen --key-type EC:edwards25519 --label LABEL",
        )
        .into()),
        _ => Err(Failure::usage(format!(
            "the token {token} has several {half} keys of that name"
        ))
        .help("add id=%.. to the key")
        .into()),
    }
}

/// The public key of an object: its EC point, bare or as a DER OCTET STRING.
fn point_of(session: &Session, object: ObjectHandle) -> Result<VerifyingKey, Error> {
    let attributes = session.get_attributes(object, &[AttributeType::EcPoint])?;
    let point = attributes
        .into_iter()
        .find_map(|attribute| match attribute {
            Attribute::EcPoint(point) => Some(point),
            _ => None,
        });
    let point = point.ok_or(Error::InvalidValue)?;
    let bare = match point.strip_prefix(&OCTET_STRING) {
        Some(wrapped) if wrapped.len() == 32 => wrapped,
        _ => point.as_slice(),
    };
    let bytes: &[u8; 32] = bare.try_into().map_err(Error::TryFromSlice)?;
    VerifyingKey::from_bytes(bytes).map_err(|_| Error::InvalidValue)
}
