/**
 * Tests of ports, one abstract class a port, for whoever implements one: extend it and give what is to be tested. In this
 * module's test jar.
 */
@NullMarked
package io.gatehouse.core.contract;

import org.jspecify.annotations.NullMarked;
