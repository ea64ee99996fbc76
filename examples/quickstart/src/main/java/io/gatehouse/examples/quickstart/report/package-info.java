/** What is shown: lines on the console and a self-contained page. */
@NullMarked
package io.gatehouse.examples.quickstart.report;

import org.jspecify.annotations.NullMarked;
