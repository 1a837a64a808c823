//! What every store must do, whichever database stands behind it. To run the suite over another one, implement
//! [`Place`] and name it in [`conformance!`].

use responses::Store;

pub(crate) mod anonymize;
pub(crate) mod backup;
pub(crate) mod begin;
pub(crate) mod channel;
pub(crate) mod ends;
pub(crate) mod expire;
pub(crate) mod page;
pub(crate) mod read;
pub(crate) mod sealed;
pub(crate) mod signal;
pub(crate) mod writer;

/// Somewhere a store can be opened, closed and opened again.
pub(crate) trait Place {
    /// Open what is there, or make it.
    fn open(&self) -> Store;

    /// The folder of the secret, and the database's address where it is not in the folder.
    fn whereabouts(&self) -> (std::path::PathBuf, Option<String>);

    /// How many jobs it writes at a time.
    fn writers(&self) -> usize {
        1
    }

    /// Whether there is any such place on this machine.
    fn is_there(&self) -> bool {
        true
    }
}

/// One test for each case, at a new place each.
macro_rules! conformance {
    ($place:expr; $($room:ident: $($case:ident),+;)+) => {
        $(mod $room {
            $(#[test]
            fn $case() {
                let place = $place;
                if crate::conformance::Place::is_there(&place) {
                    crate::conformance::$room::$case(&place);
                }
            })+
        })+
    };
    ($place:expr) => {
        crate::conformance::conformance! { $place;
            begin: publishing_twice_keeps_one, another_definition_is_refused, an_unpublished_version_is_refused,
                two_taps_make_one_response, declining_counts_once, consent_is_the_first_answer,
                a_response_keeps_its_form, the_form_can_change_until_a_page_is_sent,
                the_number_finds_the_response;
            page: a_page_is_there_at_once, the_same_again_changes_nothing, going_back_is_an_ordinary_edit,
                changing_her_mind_twice_is_kept, an_older_tab_is_told, a_late_retry_after_another_tab_changes_nothing,
                a_blank_replaces_only_on_the_same_page, every_shape_of_answer_comes_back, words_are_replaced_whole,
                drafts_come_back, the_language_follows, a_page_of_nobody_is_refused, pages_have_their_own_revisions;
            ends: finishing_settles, finishing_twice_changes_nothing, finishing_needs_a_page,
                nothing_is_recorded_after_the_end, screening_out_leaves_a_total,
                what_was_submitted_is_not_screened_out, withdrawing_erases, withdrawing_twice_says_so,
                withdrawing_what_only_began, withdrawn_stays_withdrawn;
            read: reopening_keeps_everything, order_tells_nothing_of_arrival, surveys_are_apart, totals_add_up,
                withdrawn_are_not_analysed, pages_are_counted;
            backup: everything_comes_back, what_was_taken_back_since_is_erased_again, a_broken_backup_is_refused,
                answers_are_not_covered_by_a_backup;
            anonymize: numbers_lead_nowhere_and_answers_stay, a_rewrite_changes_no_answer;
            channel: a_channel_counts_who_comes_by_it, what_is_no_channel_counts_for_none, codes_can_be_read_aloud;
            sealed: words_are_sealed_when_she_finishes;
            signal: three_points_have_a_person_look, the_same_twice_is_noticed_until_it_is_taken_back,
                a_third_of_the_median_is_fast_once_thirty_are_known, a_person_decides_and_it_is_told_why,
                a_revoked_channel_can_be_looked_through;
            expire: what_was_begun_and_left_is_erased_after_a_day, what_was_never_finished_is_kept_and_told_apart,
                retries_are_known_for_two_days, a_canary_changes_nothing;
            writer: one_bad_job_fails_alone, a_full_queue_says_so, closing_writes_what_waits,
                a_closed_store_refuses, a_reply_may_panic, a_reply_may_drop_the_store;
        }
    };
}
pub(crate) use conformance;
