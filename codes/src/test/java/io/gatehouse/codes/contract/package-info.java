/** What implementations of this module's ports keep to, for vendors to test theirs. */
@NullMarked
package io.gatehouse.codes.contract;

import org.jspecify.annotations.NullMarked;
