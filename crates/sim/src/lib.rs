//! Tests only: random command streams against the realm and its promises.
