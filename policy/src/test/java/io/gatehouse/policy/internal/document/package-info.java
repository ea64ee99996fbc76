@NullMarked
package io.gatehouse.policy.internal.document;

import org.jspecify.annotations.NullMarked;
