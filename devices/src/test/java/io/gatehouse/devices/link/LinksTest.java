package io.gatehouse.devices.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Links links = Links.create();

    @Test
    void carriesBytesBothWaysInMemory() throws IOException {
        try (Link here = links.open("mem:a");
                Link there = links.open("mem:a")) {
            here.write(new byte[] {1, 2});
            here.write(new byte[] {3});
            there.write(new byte[] {9});

            assertThat(there.read(LONG)).containsExactly(1, 2, 3);
            assertThat(here.read(LONG)).containsExactly(9);
            assertThat(here.read(Duration.ZERO)).isEmpty();
            assertThat(here.state()).isEqualTo(LinkState.OPEN);
        }
    }

    @Test
    void refusesAThirdEndAndKeepsNamesApart() throws IOException {
        try (Link first = links.open("mem:a");
                Link second = links.open("mem:a");
                Link elsewhere = Links.create().open("mem:a")) {
            assertThatThrownBy(() -> links.open("mem:a")).hasMessageContaining("both ends of mem:a are taken");
            elsewhere.write(new byte[] {1});
            assertThat(second.read(Duration.ZERO)).isEmpty();
            assertThat(first.url()).isEqualTo("mem:a");
        }
    }

    @Test
    void freesANameWhenAnEndIsClosedAndAnOldEndDoesNotFreeTheNewPair() throws IOException {
        Link oldEnd = links.open("mem:a");
        links.open("mem:a").close();
        try (Link first = links.open("mem:a")) {
            oldEnd.close();
            try (Link second = links.open("mem:a")) {
                first.write(new byte[] {7});
                assertThat(second.read(LONG)).containsExactly(7);
            }
        }
    }

    @Test
    void isLostWhenTheOtherEndClosesAndStillGivesWhatHadArrived() throws IOException {
        try (Link here = links.open("mem:a")) {
            Link there = links.open("mem:a");
            there.write(new byte[] {5});
            there.close();

            assertThat(here.state()).isEqualTo(LinkState.LOST);
            assertThat(here.read(LONG)).containsExactly(5);
            assertThatThrownBy(() -> here.read(LONG))
                    .isInstanceOf(LinkException.class)
                    .hasMessageContaining("lost");
            assertThatThrownBy(() -> here.write(new byte[1])).isInstanceOf(LinkException.class);
        }
    }

    @Test
    void endsABlockedReadWhenClosedAndClosesTwice() throws IOException {
        Link here = links.open("mem:a");
        CompletableFuture<byte[]> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return here.read(LONG);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        here.close();
        here.close();

        assertThat(here.state()).isEqualTo(LinkState.CLOSED);
        assertThatThrownBy(reading::join)
                .hasCauseInstanceOf(LinkException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void keepsTheInterruptFlag() throws IOException {
        try (Link here = links.open("mem:a")) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> here.read(LONG)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void boundsWhatNobodyReadsAndKeepsTheNewest() throws IOException {
        try (Link here = links.open("mem:a");
                Link there = links.open("mem:a")) {
            here.write(new byte[Inbox.CAPACITY]);
            here.write(new byte[] {1, 2, 3});
            byte[] read = there.read(LONG);
            assertThat(read).hasSize(Inbox.CAPACITY).endsWith(1, 2, 3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nothing                              | mem:name, serial:",
                "mem:                                 | names no address",
                "usb:1                                | 'usb' is not a kind of link; valid are mem:name",
                "mem:a?speed=1                        | 'speed' in mem:a?speed=1 is not a parameter of mem links; valid are none",
                "serial:/dev/x?bawd=9600              | valid are [baud, dataBits, flow, parity, stopBits]",
                "serial:/dev/x?baud=9600&baud=9600    | 'baud' is said twice",
                "serial:/dev/x?baud                   | 'baud' in serial:/dev/x?baud is not name=value",
                "serial:/dev/x?baud=fast              | valid are 50 to 4000000",
                "serial:/dev/x?parity=evn             | valid are [none, even, odd, mark, space]",
                "serial:/dev/x?dataBits=5&stopBits=2  | stopBits=2 contradicts dataBits=5",
                "serial:/dev/x?stopBits=1.5           | stopBits=1.5 contradicts dataBits=8",
                "serial:/dev/x?dataBits=6&flow=xonxoff| flow=xonxoff contradicts dataBits=6",
                "tcp:localhost                        | tcp:host:port",
                "tcp:localhost:70000                  | valid are 1 to 65535",
            })
    @DisplayName("refuses an unknown or contradictory URL with what is valid")
    void refusesWrongUrls(String url, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> links.open(url).close())
                .withMessageContaining(message);
    }
}
