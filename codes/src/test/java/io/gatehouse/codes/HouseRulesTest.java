package io.gatehouse.codes;

import io.gatehouse.core.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void codesHoldTheRulesOfTheHouse() {
        HouseRules.hold("codes");
    }
}
