use super::*;

#[test]
fn a_withheld_body_is_a_fault_unless_none_can_be_held() {
    let mut report = Report::default();
    let mut keys = AdmittedKeys::new();
    let entry = |length: usize| Entry::record("Attestation", [1; 32], length as u64).unwrap();
    let beyond = entry(MAX_BODY_BYTES + 1).encode();
    check_entry(0, &beyond, None, &mut keys, &mut report);
    assert!(report.is_clean());
    let within = entry(MAX_BODY_BYTES).encode();
    check_entry(1, &within, None, &mut keys, &mut report);
    assert_eq!((report.faults, report.bodies_withheld), (1, 2));
}
