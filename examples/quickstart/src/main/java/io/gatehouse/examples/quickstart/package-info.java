/**
 * One morning at one gate, from consent to proof. {@code cast} says who comes, {@code premises} builds the house they
 * come to, {@code morning} plays the steps, {@code report} shows them.
 */
@NullMarked
package io.gatehouse.examples.quickstart;

import org.jspecify.annotations.NullMarked;
