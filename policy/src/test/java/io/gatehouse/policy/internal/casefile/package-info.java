@NullMarked
package io.gatehouse.policy.internal.casefile;

import org.jspecify.annotations.NullMarked;
