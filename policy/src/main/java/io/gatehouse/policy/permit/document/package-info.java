/**
 * Rules as documents: read from YAML and JSON, written as JSON, and carried as signed packages.
 */
@NullMarked
package io.gatehouse.policy.permit.document;

import org.jspecify.annotations.NullMarked;
