/** Forms: what a JSON Schema asks for, and what was filled in. Nothing of the validator is seen outside. */
@NullMarked
package io.gatehouse.policy.internal.form;

import org.jspecify.annotations.NullMarked;
