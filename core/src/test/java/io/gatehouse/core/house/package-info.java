/** The rules of the house, published with core's test jar so that every module holds itself to them. */
@NullMarked
package io.gatehouse.core.house;

import org.jspecify.annotations.NullMarked;
