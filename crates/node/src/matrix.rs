//! Who recognises whom on a day, by the arrangements held.

use std::sync::Arc;

use comity_model::date::{Day, Instant};
use comity_recognition::matrix::{Matrix, Scope, matrix};
use comity_recognition::question::Selector;

use crate::Node;
use crate::error::Error;
use crate::recognise::Ask;

/// Longest short code of a scheme in characters.
pub const MAX_SCHEME_CHARS: usize = 100;

/// The matrix of a day.
#[derive(Clone, Debug)]
pub struct MatrixFound {
    /// The legal day.
    pub on: Day,
    /// As known at.
    pub known_at: Instant,
    /// Whose certificates count where.
    pub matrix: Matrix,
}

impl Node {
    /// Whose certificates count where, by the arrangements and participations in force on a day;
    /// today (UTC) if none is given.
    ///
    /// # Errors
    /// [`Error::Question`] for a scheme that is too long, [`Error::Store`].
    pub async fn recognition_matrix(
        &self,
        scope: Scope,
        on: Option<Day>,
    ) -> Result<MatrixFound, Error> {
        let scheme = scope.scheme.as_deref().unwrap_or_default();
        if scheme.chars().count() > MAX_SCHEME_CHARS {
            return Err(Error::Question {
                parameter: "scope",
                detail: format!(
                    "expected the short code of a scheme, of at most {MAX_SCHEME_CHARS} characters"
                ),
            });
        }
        let node = Arc::clone(&self.shared);
        let known_at = node.now_known();
        let on = on.unwrap_or_else(|| known_at.day());
        // Any question gathers what arrangements rest on; this one fits no record.
        let nothing = Ask {
            on: Some(on),
            known_at: Some(known_at),
            ..Ask::new(Selector::Id(String::new()), &node.config.economy)
        };
        let prepared = node.prepare(nothing).await?;
        let computed = tokio::task::spawn_blocking(move || {
            matrix(&scope, (on, known_at), &prepared.evidence(), &node.policy)
        });
        let matrix = computed
            .await
            .map_err(|error| Error::Setup(format!("the matrix stopped: {error}")))?;
        Ok(MatrixFound {
            on,
            known_at,
            matrix,
        })
    }
}
