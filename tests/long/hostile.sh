#!/bin/sh
# hostile.sh - the property of collect on many tables (see cli/hostile.sh).
set -u
CASES=${CASES:-3000} ROUNDS=${ROUNDS:-20} SEED=${SEED:-$(date +%s)}
export CASES ROUNDS SEED
exec sh "$(dirname "$0")/../cli/hostile.sh"
