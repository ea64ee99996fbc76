/** Who is where and who is about to be, for rules that count people: places are held when a decision grants them. */
@NullMarked
package io.gatehouse.policy.permit.state;

import org.jspecify.annotations.NullMarked;
