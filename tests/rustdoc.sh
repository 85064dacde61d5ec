#!/usr/bin/env bash
# rustdoc for `cargo test --doc`: runs the examples of a crate, and documents it from what was
# compiled for them. Warnings, such as links that lead nowhere, are errors.
set -euo pipefail
rustdoc=$(rustup which rustdoc 2>/dev/null || command -v rustdoc)

documenting=()
testing=no
skip=no
for argument in "$@"; do
    if [ "$skip" = yes ]; then
        skip=no
        continue
    fi
    case $argument in
    --test) testing=yes ;;
    --test-args | --test-run-directory | --test-runtool | --test-runtool-arg | --test-builder) skip=yes ;;
    --test-args=* | --test-run-directory=* | --nocapture | --no-capture | --no-run) ;;
    *) documenting+=("$argument") ;;
    esac
done

if [ "$testing" = yes ]; then
    "$rustdoc" "${documenting[@]}" -Dwarnings -o "${CARGO_TARGET_DIR:-target}/doc"
fi
exec "$rustdoc" "$@"
