package dev.autograd.natives;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

  @ParameterizedTest
  @CsvSource({
    "Linux,amd64,linux-x86_64",
    "Linux,aarch64,linux-arm64",
    "Mac OS X,x86_64,macosx-x86_64",
    "Mac OS X,aarch64,macosx-arm64",
    "Windows 11,amd64,windows-x86_64",
    "Linux,ppc64le,linux-ppc64le"
  })
  void classifiersAreThoseOfMavenCentral(String system, String architecture, String classifier) {
    assertThat(Platform.of(system, architecture).classifier()).isEqualTo(classifier);
  }

  @ParameterizedTest
  @CsvSource({
    "libopenblas.so.0,OPENBLAS",
    "libopenblas.0.dylib,OPENBLAS",
    "libopenblas.dll,OPENBLAS",
    "libdnnl.so.3,ONEDNN",
    "dnnl.dll,ONEDNN",
    "libmkl_rt.so.2,MKL",
    "mkl_rt.2.dll,MKL"
  })
  void librariesAreKnownByTheirNames(String file, Carrier carrier) {
    for (Carrier each : Carrier.values()) {
      assertThat(each.isLibrary(file)).isEqualTo(each == carrier);
    }
    assertThat(carrier.isLibrary("libgfortran.so.5")).isFalse();
  }

  @Test
  void coordinatesNameTheJar() {
    Platform mac = Platform.of("Mac OS X", "aarch64");
    assertThat(Carrier.OPENBLAS.coordinates(mac))
        .startsWith("org.bytedeco:openblas:")
        .endsWith(":macosx-arm64");
    assertThat(Carrier.MKL.coordinates(Platform.of("Linux", "amd64")))
        .endsWith(":linux-x86_64-redist");
  }
}
