@NullMarked
package io.gatehouse.policy.internal.form;

import org.jspecify.annotations.NullMarked;
