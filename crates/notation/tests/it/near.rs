use notation::near;

#[test]
fn one_edit_up_to_four_letters() {
    assert_eq!(near("wrok", ["work"]), Some("work"));
    assert_eq!(near("wxyk", ["work"]), None);
}

#[test]
fn two_edits_beyond() {
    assert_eq!(near("huosign", ["housing"]), Some("housing"));
    assert_eq!(near("hoxxxng", ["housing"]), None);
}

#[test]
fn the_nearest_wins_and_then_the_first() {
    assert_eq!(near("neeeds", ["seeds", "needs"]), Some("needs"));
    assert_eq!(near("bat", ["cat", "hat"]), Some("cat"));
}

#[test]
fn other_scripts_are_counted_in_letters() {
    assert_eq!(near("été", ["etc", "éte"]), Some("éte"));
}
