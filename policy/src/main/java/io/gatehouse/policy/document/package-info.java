/**
 * Documents that people write: where they come from, how big they may be, and what is wrong with them. Rules, retention,
 * approvals and alarms are all read from such documents, in YAML or JSON, each kind with a published JSON Schema.
 */
@NullMarked
package io.gatehouse.policy.document;

import org.jspecify.annotations.NullMarked;
