//! JSON Schemas of every kind, generated from the types.
