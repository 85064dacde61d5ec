use comity_tlog::note::NoteSigner;

use super::*;
use crate::exit::exit_of;

#[test]
fn a_key_of_no_log_that_is_compared_is_refused() {
    let origins = ["nqi.example.se/log/2026", "nqi.example.kz/log/2026"];
    let key = |origin| {
        let signer = NoteSigner::log(origin, &[1; 32]).unwrap();
        signer.vkey().clone()
    };
    let own = key(origins[0]);
    assert_eq!(without_key(&origins, Some(&own)).unwrap(), [origins[1]]);
    assert_eq!(without_key(&origins, None).unwrap(), origins);
    let stranger = key("nqi.example.xx/log/2026");
    let error = without_key(&origins, Some(&stranger)).unwrap_err();
    assert_eq!(exit_of(&error), Exit::Usage);
    assert!(error.to_string().contains("nqi.example.xx"), "{error}");
}
