/** What the tests of codes share. */
@NullMarked
package io.gatehouse.codes;

import org.jspecify.annotations.NullMarked;
