//! Names as types: a question's name can never stand where a choice's is meant.

use std::{borrow::Borrow, fmt, sync::Arc};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Take a name as it stands in the file; the reader has checked its form.
            pub fn new(name: impl Into<String>) -> Self {
                Self(Arc::from(name.into()))
            }

            /// The name as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(Arc::from(name))
            }
        }
    };
}

name!(
    /// The name of a question, unique in its survey.
    QuestionId
);
name!(
    /// The code of a choice, unique among the choices of its question: this is what is stored.
    ChoiceId
);
name!(
    /// The code of a row of a grid.
    RowId
);
name!(
    /// The name of a page.
    PageId
);
name!(
    /// The name of a last page.
    EndId
);
name!(
    /// The name of a form; `full` is the whole survey.
    FormId
);

impl FormId {
    /// The whole survey.
    pub fn full() -> FormId {
        FormId::new("full")
    }
}
