@NullMarked
package io.gatehouse.policy.consent.request;

import org.jspecify.annotations.NullMarked;
