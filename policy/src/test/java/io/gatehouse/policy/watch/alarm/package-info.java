@NullMarked
package io.gatehouse.policy.watch.alarm;

import org.jspecify.annotations.NullMarked;
