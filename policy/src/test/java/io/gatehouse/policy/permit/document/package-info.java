@NullMarked
package io.gatehouse.policy.permit.document;

import org.jspecify.annotations.NullMarked;
