//! The palette keeps its promises, computed again from its values.

use report::palette::{Ink, OUTLINES, contrast};

#[test]
fn words_and_marks_can_be_seen_on_both_grounds() {
    for (colour, ground) in [(Ink::on_paper as fn(Ink) -> _, "paper"), (Ink::on_dark, "dark")] {
        let behind = colour(Ink::Paper);
        for ink in [Ink::Ink, Ink::Grey, Ink::Low2, Ink::High2] {
            let found = contrast(colour(ink), behind);
            assert!(found >= 4.5, "{ink:?} as words on {ground}: {found:.1}");
        }
        for ink in [Ink::Lead, Ink::Rest, Ink::Caution, Ink::Target, Ink::Unclear, Ink::Low2, Ink::High2] {
            let found = contrast(colour(ink), behind);
            assert!(found >= 3.0, "{ink:?} as a mark on {ground}: {found:.1}");
        }
        for (words, grounds) in [
            (Ink::OnStrong, &[Ink::Low2, Ink::High2][..]),
            (Ink::OnPale, &[Ink::Low1, Ink::Middle, Ink::High1][..]),
        ] {
            for ink in grounds {
                let found = contrast(colour(words), colour(*ink));
                assert!(found >= 4.5, "{words:?} on {ink:?} on {ground}: {found:.1}");
            }
        }
    }
}

#[test]
fn pale_parts_are_outlined() {
    for (ink, paper, dark) in OUTLINES {
        for (outline, ground) in [(paper, Ink::Paper.on_paper()), (dark, Ink::Paper.on_dark())] {
            let found = contrast(outline, ground);
            assert!(found >= 3.0, "the outline of {ink:?}: {found:.1}");
        }
    }
}

#[test]
fn drawing_can_tell_every_role_by_its_colour() {
    for ink in Ink::all() {
        assert_eq!(Ink::of(ink.on_paper()), Some(ink));
    }
}
