/**
 * Emergencies: fire releases, violence locks down and traps nobody, a guard overrides by hand. What is latched lasts until
 * a person ends it. In a real building the release of the doors is also wired, past every program: this one is the second
 * way, and an inspection tries both.
 */
@NullMarked
package io.gatehouse.devices.alarm;

import org.jspecify.annotations.NullMarked;
