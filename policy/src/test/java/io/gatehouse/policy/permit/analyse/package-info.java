@NullMarked
package io.gatehouse.policy.permit.analyse;

import org.jspecify.annotations.NullMarked;
