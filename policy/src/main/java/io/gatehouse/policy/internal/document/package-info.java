/**
 * Reads documents in YAML and JSON within limits, into elements that know where they stood, so that whoever reads rules from
 * them refuses with file, line and what was expected.
 */
@NullMarked
package io.gatehouse.policy.internal.document;

import org.jspecify.annotations.NullMarked;
